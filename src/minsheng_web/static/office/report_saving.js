// Saving the grid as it is typed: one post at a time, tried again when the connection or the session is back.
// What is not saved is counted on the page and kept in this browser, so that neither a lost line nor signing in
// again loses a word.
(function () {
  "use strict";

  var MOST = 60; // cells of one post: a pasted block shows its progress
  var PAUSES = [3000, 6000, 15000, 30000];

  function token() {
    var kept = document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/);
    return kept ? decodeURIComponent(kept[1]) : document.querySelector('meta[name="csrf-token"]').content;
  }

  function tell(name, detail) { document.dispatchEvent(new CustomEvent(name, { detail: detail })); }

  window.ReportSaving = function (grid, show) {
    var cells = new Map(); // "line:field" → element
    var waiting = new Set(); // to be sent
    var refused = new Set(); // answered, not written: typed text stays until it is changed
    var sending = false;
    var tries = 0;
    var timer = 0;
    var said = "";
    var whose = document.querySelector('meta[name="person"]').content;
    var store = "minsheng-report-" + whose + "-" + grid.dataset.store;

    grid.querySelectorAll(".cell").forEach(function (cell) {
      var row = cell.closest("[data-line]") || cell.closest("tr").previousElementSibling;
      cell.dataset.key = row.dataset.line + ":" + cell.dataset.field;
      cells.set(cell.dataset.key, cell);
    });

    function isUnsaved(cell) { return cell.value !== cell.dataset.was; }

    function unsaved() { return Array.from(cells.values()).filter(isUnsaved); }

    function keep() {
      var open = {};
      var count = 0;
      unsaved().forEach(function (cell) {
        open[cell.dataset.key] = { text: cell.value, was: cell.dataset.was };
        count += 1;
      });
      try {
        if (count) { localStorage.setItem(store, JSON.stringify(open)); }
        else { localStorage.removeItem(store); }
      } catch (fault) { /* a full or forbidden store: the page itself still holds the text */ }
      return count;
    }

    function state(text) {
      if (text) { said = text; }
      var count = keep();
      show.state(count && said.indexOf("未保存") < 0 && !sending ? "有 " + count + " 处未保存" : said, count);
    }

    function add(cell) {
      if (!isUnsaved(cell)) { waiting.delete(cell.dataset.key); forgive(cell); state(); return; }
      forgive(cell);
      waiting.add(cell.dataset.key);
      cell.classList.add("is-waiting");
    }

    function forgive(cell) {
      refused.delete(cell.dataset.key);
      cell.classList.remove("is-refused", "is-waiting");
      show.note(cell, "");
    }

    function flush() {
      window.clearTimeout(timer);
      if (sending || !waiting.size) { if (!sending) { state(); } return; }
      var keys = Array.from(waiting).slice(0, MOST);
      var sent = keys.map(function (key) {
        var cell = cells.get(key);
        var at = key.indexOf(":");
        return { line: Number(key.slice(0, at)), field: key.slice(at + 1), shown: cell.dataset.was, text: cell.value };
      });
      sending = true;
      said = "正在保存……";
      state();
      post(grid.dataset.cellsUrl, { cells: JSON.stringify(sent) }, function (answer) {
        keys.forEach(function (key, place) {
          // What is being typed over right now comes again when that cell is left.
          if (cells.get(key).value === sent[place].text || cells.get(key).dataset.editing) { waiting.delete(key); }
          cells.get(key).classList.remove("is-waiting");
        });
        take(answer);
        if (waiting.size) { flush(); }
      });
    }

    function post(address, values, done) {
      fetch(address, {
        method: "POST",
        headers: {
          "X-CSRFToken": token(),
          "HX-Request": "true",
          "HX-Current-URL": window.location.href,
          "Content-Type": "application/x-www-form-urlencoded"
        },
        body: new URLSearchParams(values)
      }).then(function (response) {
        sending = false;
        if (response.ok) {
          return response.json().then(function (answer) {
            tries = 0;
            tell("htmx:afterRequest", { successful: true });
            done(answer);
          });
        }
        failed(response);
        return null;
      }, function () {
        sending = false;
        state("连不上服务器，有 " + unsaved().length + " 处未保存，网络恢复后自动保存。");
        again();
      });
    }

    function failed(response) {
      var count = unsaved().length;
      tell("htmx:responseError", {
        xhr: { status: response.status, getResponseHeader: function (name) { return response.headers.get(name); } }
      });
      if (response.status === 401) {
        state("登录已过期，有 " + count + " 处未保存，已记在本机；重新登录后回到本页会自动保存。");
      } else {
        state("有 " + count + " 处未保存，填的内容还在页面上。");
        if (response.status >= 500) { again(); }
      }
    }

    function again() {
      timer = window.setTimeout(flush, PAUSES[Math.min(tries, PAUSES.length - 1)]);
      tries += 1;
    }

    function take(answer) {
      var written = {};
      var told = {};
      answer.cells.forEach(function (one) {
        if (one.outcome !== "saved") { told[one.line + ":" + one.field] = true; return; }
        (one.changed || []).forEach(function (field) { written[one.line + ":" + field] = true; });
        if (one.field) { written[one.line + ":" + one.field] = true; }
      });
      answer.lines.forEach(function (line) {
        Object.keys(line.values).forEach(function (field) {
          var cell = cells.get(line.line + ":" + field);
          if (cell && !told[cell.dataset.key]) { put(cell, line.values[field], written[cell.dataset.key]); }
        });
        show.line(line);
      });
      answer.cells.forEach(function (one) {
        var cell = one.field && cells.get(one.line + ":" + one.field);
        if (!cell || one.outcome === "saved") { return; }
        if (cell.value === one.typed) { refused.add(cell.dataset.key); cell.classList.add("is-refused"); }
        show.note(cell, one.message, one);
      });
      said = "已保存 " + answer.at;
      state(refused.size ? "已保存 " + answer.at + "，有 " + refused.size + " 处未保存，请看表中的说明" : "");
    }

    // What others wrote never goes under what is being typed here: that is told as a conflict when it is saved.
    function put(cell, text, isOurs) {
      if (!isUnsaved(cell)) {
        cell.dataset.was = text;
        if (cell !== document.activeElement || !cell.dataset.editing) { show.value(cell, text); }
        return;
      }
      if (!isOurs) { return; }
      cell.dataset.was = text;
      if (!waiting.has(cell.dataset.key) && !cell.dataset.editing) { show.value(cell, text); }
    }

    function restore() {
      var open;
      try { open = JSON.parse(localStorage.getItem(store) || "{}"); } catch (fault) { open = {}; }
      var found = 0;
      Object.keys(open).forEach(function (key) {
        var cell = cells.get(key);
        if (!cell || cell.value === open[key].text) { return; }
        cell.dataset.was = open[key].was;
        cell.value = open[key].text;
        add(cell);
        found += 1;
      });
      if (found) { show.restored(found); flush(); }
      return found;
    }

    window.addEventListener("online", flush);
    window.addEventListener("focus", flush);
    document.addEventListener("visibilitychange", function () { if (!document.hidden) { flush(); } });
    window.addEventListener("beforeunload", function (event) {
      if (keep()) { event.preventDefault(); }
    });

    return {
      add: add, flush: flush, restore: restore, keep: keep, take: take, isUnsaved: isUnsaved,
      cell: function (key) { return cells.get(key); },
      post: function send(address, values) {
        if (sending) { window.setTimeout(function () { send(address, values); }, 200); return; }
        sending = true;
        post(address, values, function (answer) { take(answer); flush(); });
      }
    };
  };
})();
