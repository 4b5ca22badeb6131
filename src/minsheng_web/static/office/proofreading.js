// The proofreading screen: choosing on one side shows the other, keys, filters, marking missed text.
(function () {
  "use strict";

  var proof = document.getElementById("proof");
  if (!proof) { return; }
  var text = document.getElementById("text");
  var addButton = document.getElementById("add-selection");
  var chosen = "";
  var selection = null;
  var narrow = window.matchMedia("(max-width: 767.98px)");

  function all(selector, root) {
    return Array.prototype.slice.call((root || document).querySelectorAll(selector));
  }

  // Where the form is missing for once, an empty one stands in: keys and clicks must not fail over it.
  function editor() { return document.getElementById("editor") || document.createElement("div"); }

  function typing(target) {
    return target.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");
  }

  // --- choosing -----------------------------------------------------------------------------------
  function marksOf(anchor) {
    return all(".tl-text .mark").filter(function (mark) {
      return (" " + mark.dataset.anchors + " ").indexOf(" " + anchor + " ") >= 0;
    });
  }

  function rowOf(anchor) {
    return all(".proof-panel [data-anchor]", proof).filter(function (row) {
      return row.dataset.anchor === anchor && row.matches(".qr, .pb-title, .hb > a");
    })[0];
  }

  function intoView(element, container) {
    if (!element) { return; }
    // On a phone the form covers the lower part of the window: what was chosen is shown above it.
    if (narrow.matches) { element.scrollIntoView({ block: "start" }); return; }
    var box = container.getBoundingClientRect();
    var at = element.getBoundingClientRect();
    if (at.top < box.top + 40 || at.bottom > box.bottom - 40) {
      container.scrollTop += at.top - box.top - container.clientHeight / 3;
    }
  }

  function showChosen(anchor, from) {
    all(".is-chosen").forEach(function (element) { element.classList.remove("is-chosen"); });
    clearShown();
    chosen = anchor;
    if (!anchor) { return; }
    var marks = marksOf(anchor);
    var row = rowOf(anchor);
    marks.forEach(function (mark) { mark.classList.add("is-chosen"); });
    if (row) {
      row.classList.add("is-chosen");
      var group = row.closest("details");
      if (group) { group.open = true; }
    }
    if (from !== "text") {
      var line = marks[0] || (row && document.getElementById("L" + row.dataset.line));
      if (line && !marks[0]) { line.classList.add("is-shown"); }
      intoView(line, text);
    }
    if (from === "text" && narrow.matches) { intoView(marks[0], text); }
    if (from !== "plan" && row && row.offsetParent) { intoView(row, document.getElementById("panel-plan")); }
  }

  function load(address, done) {
    window.htmx.ajax("GET", address, { target: "#editor", swap: "outerHTML" }).then(done || function () {});
  }

  function choose(anchor, from) {
    showChosen(anchor, from);
    load(proof.dataset.editorUrl + "?at=" + encodeURIComponent(anchor));
  }

  function sideOf(element) {
    return element.closest(".proof-text") ? "text" : element.closest("#panel-plan") ? "plan" : "";
  }

  proof.addEventListener("click", function (event) {
    var close = event.target.closest("[data-close]");
    if (close) {
      event.preventDefault();
      closeEditor();
      return;
    }
    var step = event.target.closest("[data-step]");
    if (step) { stepBy(Number(step.dataset.step)); return; }
    var spans = event.target.closest("[data-spans]");
    if (spans) { event.preventDefault(); showSpans(spans.dataset.spans); return; }
    var panel = event.target.closest("[data-panel]");
    if (panel) { event.preventDefault(); showPanel(panel.dataset.panel); return; }
    var side = event.target.closest("[data-side]");
    if (side) { showSide(side.dataset.side); return; }
    var target = event.target.closest("[data-anchor]");
    if (!target || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    event.preventDefault();
    if (String(window.getSelection()).length && sideOf(target) === "text") { return; }
    if (target.dataset.anchor === chosen && editor().dataset.chosen === chosen && !target.hasAttribute("data-reload")) {
      focusForm();
      return;
    }
    if (target.closest("#panel-findings, #panel-corrections")) { showPanel("plan"); }
    choose(target.dataset.anchor, sideOf(target));
  });

  function focusForm() {
    var first = editor().querySelector("input:not([type=hidden]), select, textarea");
    if (first) { first.focus(); if (first.select) { first.select(); } }
  }

  function closeEditor() {
    var back = marksOf(chosen)[0] || rowOf(chosen);
    showChosen("", "");
    load(proof.dataset.editorUrl, function () { if (back) { back.focus(); } });
  }

  // --- stepping and keys --------------------------------------------------------------------------
  function visibleMarks() {
    return all(".tl-text .mark", text).filter(function (mark) {
      return !proof.classList.contains("hide-" + mark.dataset.role);
    });
  }

  function rows() {
    return all(".hb > a, .pb-title, .qr", document.getElementById("panel-plan")).filter(function (row) {
      return row.offsetParent !== null;
    });
  }

  function stepBy(by) {
    var marks = visibleMarks();
    var at = -1;
    marks.forEach(function (mark, index) { if (mark.classList.contains("is-chosen")) { at = index; } });
    if (at < 0 && by < 0) { at = 0; }
    var next = marks[at + by];
    // One quantity may be cut into several pieces: go on to the next that is another one.
    while (next && next.dataset.anchor === chosen) { at += by; next = marks[at + by]; }
    if (next) { choose(next.dataset.anchor, ""); }
  }

  function moveFocus(list, current, by) {
    var next = list[list.indexOf(current) + by];
    if (next) { next.focus({ preventScroll: true }); intoView(next, next.closest(".proof-text, .proof-panel")); }
  }

  document.addEventListener("keydown", function (event) {
    var target = event.target;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.shiftKey && !typing(target)) {
      var undo = document.getElementById("undo-form");
      if (undo) { event.preventDefault(); undo.requestSubmit(); }
      return;
    }
    if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      stepBy(event.key === "ArrowDown" ? 1 : -1);
      return;
    }
    if (event.key === "Escape" && (chosen || editor().classList.contains("is-open"))) { closeEditor(); return; }
    if (typing(target) || event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.key === "ArrowDown" || event.key === "ArrowUp" || event.key === "ArrowRight" || event.key === "ArrowLeft") {
      var by = event.key === "ArrowDown" || event.key === "ArrowRight" ? 1 : -1;
      if (target.matches(".tl-text .mark")) { event.preventDefault(); moveFocus(visibleMarks(), target, by); }
      if (target.matches("#panel-plan .qr, #panel-plan .pb-title, #panel-plan .hb > a")) {
        event.preventDefault();
        moveFocus(rows(), target, by);
      }
    }
    if (event.key.toLowerCase() === "m" && selection) { event.preventDefault(); addSelected(); }
  });

  // --- findings -----------------------------------------------------------------------------------
  function clearShown() {
    all(".is-shown, .is-flashed").forEach(function (element) { element.classList.remove("is-shown", "is-flashed"); });
  }

  function offsetOf(mark) {
    var range = document.createRange();
    range.selectNodeContents(mark.closest(".tl-text"));
    range.setEndBefore(mark);
    return range.toString().length;
  }

  function showSpans(spans) {
    clearShown();
    var first = null;
    if (narrow.matches) { showSide("text"); }
    spans.split(" ").forEach(function (span) {
      var part = span.split(":").map(Number);
      var line = document.getElementById("L" + part[0]);
      if (!line) { return; }
      line.classList.add("is-shown");
      first = first || line;
      all(".mark", line).forEach(function (mark) {
        var start = offsetOf(mark);
        if (start < part[2] && start + mark.textContent.length > part[1]) { mark.classList.add("is-flashed"); }
      });
    });
    intoView(first, text);
  }

  // --- panels and filters -------------------------------------------------------------------------
  function showPanel(name) {
    ["plan", "findings", "corrections"].forEach(function (panel) {
      document.getElementById("panel-" + panel).hidden = panel !== name;
      var tab = proof.querySelector('[data-panel="' + panel + '"]');
      if (panel === name) { tab.setAttribute("aria-current", "page"); } else { tab.removeAttribute("aria-current"); }
    });
  }

  function showSide(name) {
    proof.classList.toggle("shows-text", name === "text");
    proof.classList.toggle("shows-plan", name === "plan");
    all("[data-side]", proof).forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.side === name));
    });
  }

  proof.addEventListener("change", function (event) {
    if (event.target.dataset.roleFilter) {
      proof.classList.toggle("hide-" + event.target.dataset.roleFilter, !event.target.checked);
    }
    if (event.target.id === "only-doubtful") {
      proof.classList.toggle("only-doubtful-on", event.target.checked);
      if (event.target.checked) { showPanel("plan"); }
    }
  });

  // --- marking missed text ------------------------------------------------------------------------
  function readSelection() {
    var chosenText = window.getSelection();
    selection = null;
    addButton.hidden = true;
    if (!proof.dataset.writes || !chosenText.rangeCount || chosenText.isCollapsed) { return; }
    var range = chosenText.getRangeAt(0);
    var start = range.startContainer.parentElement.closest(".tl-text");
    var end = range.endContainer.parentElement.closest(".tl-text");
    if (!start || start !== end || !String(chosenText).trim()) { return; }
    var before = document.createRange();
    before.selectNodeContents(start);
    before.setEnd(range.startContainer, range.startOffset);
    var from = before.toString().length;
    selection = { line: start.closest(".tl").dataset.line, start: from, end: from + range.toString().length };
    var box = range.getBoundingClientRect();
    addButton.hidden = false;
    addButton.style.left = Math.min(box.left, window.innerWidth - 140) + "px";
    addButton.style.top = Math.min(box.bottom + 6, window.innerHeight - 44) + "px";
  }

  function addSelected() {
    var wanted = selection;
    if (!wanted) { return; }
    window.getSelection().removeAllRanges();
    addButton.hidden = true;
    selection = null;
    showChosen("", "");
    load(proof.dataset.editorUrl + "?line=" + wanted.line + "&start=" + wanted.start + "&end=" + wanted.end, focusForm);
  }

  document.addEventListener("mouseup", function (event) {
    if (event.target !== addButton) { window.setTimeout(readSelection, 0); }
  });
  document.addEventListener("keyup", function (event) {
    if (event.shiftKey || event.key === "Shift") { readSelection(); }
  });
  // The button stays beside the words it speaks of.
  text.addEventListener("scroll", function () { if (selection) { readSelection(); } });
  addButton.addEventListener("click", addSelected);

  // --- after a save -------------------------------------------------------------------------------
  document.addEventListener("htmx:afterSettle", function (event) {
    if (event.detail.target && event.detail.target.id !== "editor") { return; }
    var now = editor().dataset.chosen || "";
    if (now) { showChosen(now, ""); }
    // What had the focus may have been replaced: it goes to what is chosen, never to the top of the page.
    if (now && document.activeElement === document.body) {
      var heir = marksOf(now)[0] || rowOf(now);
      if (heir) { heir.focus({ preventScroll: true }); }
    }
    var fault = editor().querySelector("[aria-invalid]");
    if (fault) { fault.focus(); }
  });

  showSide("text");
  if (editor().dataset.chosen) { showChosen(editor().dataset.chosen, ""); }
})();
