// The monthly grid under the hands: moving, typing, pasting and copying as in a spreadsheet. Only the rows that
// changed are touched, however many there are.
(function () {
  "use strict";

  var grid = document.getElementById("grid");
  if (!grid || !grid.dataset.cellsUrl) { return; }
  var status = document.getElementById("save-state");
  var button = document.getElementById("save-now");
  var filled = document.getElementById("filled");
  var picked = [];
  var corner = null;

  function all(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }
  var rows = all("tr.line.is-open", grid);
  rows.forEach(function (row, place) { row.dataset.place = String(place); });

  // --- what saving tells the page -----------------------------------------------------------------
  var LEVELS = ["has-error", "has-warning", "has-notice"];

  function rowOf(cell) { return cell.closest("tr.line") || cell.closest("tr").previousElementSibling; }
  function notesOf(line) { return document.getElementById("notes-" + line); }

  function openNotes(line) {
    var list = notesOf(line);
    var row = list.closest("tr");
    var reason = row.querySelector(".reason");
    row.hidden = !list.children.length && reason.hidden && !row.querySelector(".helpers");
  }

  function note(cell, message, told) {
    var line = rowOf(cell).dataset.line;
    var list = notesOf(line);
    all("[data-cell]", list).forEach(function (item) {
      if (item.dataset.cell === cell.dataset.field) { item.remove(); }
    });
    if (message) {
      var item = document.createElement("li");
      item.className = "note-error";
      item.dataset.cell = cell.dataset.field;
      item.textContent = cell.getAttribute("aria-label").split("：").pop() + "：" + message;
      if (told && told.outcome === "conflict") {
        item.append(choice("用我填的", function () { cell.dataset.was = told.now; saving.add(cell); saving.flush(); cell.focus(); }));
        item.append(choice("用现在的", function () { cell.dataset.was = told.now; value(cell, told.now); saving.add(cell); cell.focus(); }));
      }
      if (told && told.outcome === "locked") { lock(rowOf(cell)); }
      list.prepend(item);
    }
    openNotes(line);
  }

  function choice(word, act) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-sm btn-outline-primary";
    made.textContent = word;
    made.addEventListener("click", act);
    return made;
  }

  function value(cell, text) {
    cell.value = text;
    if (cell.nextElementSibling && cell.nextElementSibling.matches(".print-text")) {
      cell.nextElementSibling.textContent = text;
    }
  }

  function lock(row) {
    row.classList.add("is-locked");
    all(".cell", row).concat(all(".cell", row.nextElementSibling)).forEach(function (cell) {
      cell.readOnly = true;
      cell.setAttribute("aria-disabled", "true");
    });
  }

  function line(now) {
    var row = document.getElementById("line-" + now.line);
    var list = notesOf(now.line);
    all("[data-problem]", list).forEach(function (item) { item.remove(); });
    now.problems.forEach(function (problem) {
      var item = document.createElement("li");
      item.className = "note-" + problem.severity;
      item.dataset.problem = "";
      item.textContent = problem.message;
      list.append(item);
    });
    all(".cell", row).concat(all(".cell", row.nextElementSibling)).forEach(function (cell) {
      var field = cell.dataset.field;
      LEVELS.forEach(function (name) { cell.classList.toggle(name, name === "has-" + now.levels[field]); });
      cell.classList.remove("is-carried");
      if (cell.placeholder !== undefined) { cell.placeholder = now.carried[field] || ""; }
      else if (cell.options) { cell.options[0].textContent = now.carried[field] ? "上期：" + now.carried[field] : "未报"; }
    });
    row.nextElementSibling.querySelector(".reason").hidden = !now.asks_reason;
    var gap = row.querySelector(".gap");
    if (gap) { gap.textContent = now.gap; }
    var repeat = row.querySelector(".repeat");
    if (repeat) { repeat.hidden = now.filled; }
    row.dataset.filled = now.filled ? "1" : "0";
    openNotes(now.line);
    count();
  }

  function count() {
    filled.textContent = String(
      all("tr.line", grid).filter(function (row) {
        return row.dataset.filled === "1" || (row.dataset.filled === undefined && row.dataset.start === "1");
      }).length
    );
  }

  all("tr.line", grid).forEach(function (row) {
    var has = all(".entry:not(.words) .cell", row).some(function (cell) {
      return cell.value && cell.dataset.field.indexOf("money.") !== 0;
    });
    var still = all(".entry .cell-still", row).slice(0, 1).some(function (cell) { return cell.textContent.trim(); });
    row.dataset.start = has || still ? "1" : "0";
  });

  var saving = window.ReportSaving(grid, {
    state: function (text, count) {
      status.textContent = text || "填一格存一格";
      status.classList.toggle("is-unsaved", count > 0);
      button.hidden = !count;
    },
    note: note,
    line: line,
    value: value,
    restored: function (found) {
      status.textContent = "已找回上次没有保存的 " + found + " 处，正在保存……";
    }
  });

  // --- moving -------------------------------------------------------------------------------------
  function inRow(row) { return all(".cell", row); }

  function step(cell, down, right) {
    var row = rowOf(cell);
    if (right) {
      var list = inRow(row);
      return list[list.indexOf(cell) + right] || null;
    }
    var next = rows[Number(row.dataset.place) + down];
    if (!next) { return null; }
    var at = Number(cell.dataset.col);
    return inRow(next).reduce(function (best, other) {
      var far = Math.abs(Number(other.dataset.col) - at);
      return !best || far < Math.abs(Number(best.dataset.col) - at) ? other : best;
    }, null);
  }

  function go(cell) {
    if (!cell) { return; }
    cell.focus();
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function commit(cell) {
    delete cell.dataset.editing;
    saving.add(cell);
    saving.flush();
  }

  function isCell(target) { return target instanceof Element && target.matches(".cell"); }

  grid.addEventListener("focusin", function (event) {
    if (!isCell(event.target)) { return; }
    delete event.target.dataset.editing;
    if (event.target.select) { event.target.select(); }
    if (!event.target.dataset.picking) { pick([]); corner = event.target; }
  });

  grid.addEventListener("input", function (event) {
    if (!isCell(event.target)) { return; }
    event.target.dataset.editing = "1";
    saving.keep();
  });

  // The browser's own "change" comes when a typed cell is left.
  grid.addEventListener("change", function (event) { if (isCell(event.target)) { commit(event.target); } });

  grid.addEventListener("keydown", function (event) {
    var cell = event.target;
    if (!isCell(cell) || event.isComposing) { return; }
    var editing = Boolean(cell.dataset.editing);
    if (event.key === "F2") {
      event.preventDefault();
      cell.dataset.editing = "1";
      if (cell.setSelectionRange) { cell.setSelectionRange(cell.value.length, cell.value.length); }
      else if (cell.showPicker) { cell.showPicker(); }
      return;
    }
    if (event.key === "Escape") {
      event.preventDefault();
      value(cell, cell.dataset.was);
      commit(cell);
      if (cell.select) { cell.select(); }
      return;
    }
    if (event.key === "Enter" && !event.altKey && !event.ctrlKey) {
      event.preventDefault();
      if (saving.isUnsaved(cell) && cell.dataset.editing) { commit(cell); }
      go(step(cell, event.shiftKey ? -1 : 1, 0));
      return;
    }
    if (event.key === "Enter" && event.altKey && cell.matches("textarea")) {
      event.preventDefault();
      cell.setRangeText("\n", cell.selectionStart, cell.selectionEnd, "end");
      cell.dataset.editing = "1";
      return;
    }
    var moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    var move = moves[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (editing && (!move[0] || cell.matches("textarea, select"))) { return; }
    event.preventDefault();
    if (event.shiftKey) { extend(cell, move); return; }
    go(step(cell, move[0], move[1]));
  });

  // --- picking and copying ------------------------------------------------------------------------
  function pick(cells) {
    picked.forEach(function (cell) { cell.classList.remove("is-picked"); });
    picked = cells;
    picked.forEach(function (cell) { cell.classList.add("is-picked"); });
  }

  function extend(cell, move) {
    var next = step(cell, move[0], move[1]);
    if (!next) { return; }
    next.dataset.picking = "1";
    next.focus();
    delete next.dataset.picking;
    pick(block(corner || cell, next).reduce(function (flat, row) { return flat.concat(row); }, []));
  }

  function block(one, other) {
    var first = Math.min(rowOf(one).dataset.place, rowOf(other).dataset.place);
    var last = Math.max(rowOf(one).dataset.place, rowOf(other).dataset.place);
    var left = Math.min(one.dataset.col, other.dataset.col);
    var right = Math.max(one.dataset.col, other.dataset.col);
    return rows.slice(first, last + 1).map(function (row) {
      return inRow(row).filter(function (cell) { return cell.dataset.col >= left && cell.dataset.col <= right; });
    });
  }

  grid.addEventListener("copy", function (event) {
    if (picked.length < 2 || !isCell(event.target)) { return; }
    event.preventDefault();
    var text = block(picked[0], picked[picked.length - 1]).map(function (row) {
      return row.map(function (cell) {
        return /[\t\n"]/.test(cell.value) ? '"' + cell.value.replace(/"/g, '""') + '"' : cell.value;
      }).join("\t");
    }).join("\n");
    event.clipboardData.setData("text/plain", text);
  });

  // --- pasting ------------------------------------------------------------------------------------
  // Excel puts a cell with a line break in quotes and doubles the quotes within.
  function table(text) {
    var found = [[]];
    var part = "";
    var quoted = false;
    for (var at = 0; at < text.length; at += 1) {
      var sign = text[at];
      if (quoted) {
        if (sign === '"' && text[at + 1] === '"') { part += '"'; at += 1; }
        else if (sign === '"') { quoted = false; }
        else { part += sign; }
      } else if (sign === '"' && !part) { quoted = true; }
      else if (sign === "\t") { found[found.length - 1].push(part); part = ""; }
      else if (sign === "\n") { found[found.length - 1].push(part.replace(/\r$/, "")); part = ""; found.push([]); }
      else { part += sign; }
    }
    if (part || found[found.length - 1].length) { found[found.length - 1].push(part); } else { found.pop(); }
    return found;
  }

  grid.addEventListener("paste", function (event) {
    var start = event.target;
    if (!isCell(start)) { return; }
    var text = event.clipboardData.getData("text/plain");
    var given = table(text);
    var single = given.length === 1 && given[0].length === 1;
    if (single || (start.dataset.editing && start.matches("textarea") && text.indexOf("\t") < 0)) { return; }
    event.preventDefault();
    var left = 0;
    given.forEach(function (parts, down) {
      var row = rows[Number(rowOf(start).dataset.place) + down];
      parts.forEach(function (part, right) {
        var cell = row && target(row, start, right);
        if (!cell || cell.readOnly) { left += part.trim() ? 1 : 0; return; }
        if (!put(cell, part.trim())) { left += 1; return; }
        saving.add(cell);
      });
    });
    saving.flush();
    if (left) { status.textContent = "粘贴的内容有 " + left + " 格超出表格或不是这一行要填的，没有放入。"; }
  });

  function put(cell, text) {
    if (cell.matches("select") && ["", "是", "否"].indexOf(text) < 0) { return false; }
    value(cell, text);
    return true;
  }

  function target(row, start, right) {
    var cells = inRow(row);
    if (start.dataset.field.indexOf("stages.") === 0) {
      var from = cells.map(function (cell) { return cell.dataset.field; }).indexOf(start.dataset.field);
      return from < 0 ? null : cells[from + right];
    }
    var wanted = Number(start.dataset.col) + right;
    return cells.filter(function (cell) {
      return Number(cell.dataset.col) === wanted && cell.dataset.field.indexOf("stages.") < 0;
    })[0];
  }

  // --- buttons ------------------------------------------------------------------------------------
  grid.addEventListener("click", function (event) {
    var repeat = event.target.closest("[data-repeat]");
    if (repeat) {
      go(inRow(repeat.closest("tr"))[0]);
      saving.post(grid.dataset.sameUrl, { line: repeat.dataset.repeat });
    }
  });
  var whole = document.getElementById("repeat-all");
  if (whole) { whole.addEventListener("click", function () { saving.post(grid.dataset.sameUrl, {}); }); }
  button.addEventListener("click", saving.flush);
  var submit = document.getElementById("submit-link");
  if (submit) {
    submit.addEventListener("click", function (event) {
      if (saving.keep()) {
        event.preventDefault();
        saving.flush();
        status.textContent = "还有没保存的内容，保存后再提交。";
      }
    });
  }

  saving.restore();
})();
