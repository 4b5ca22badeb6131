// A row or a column copied in Excel, pasted into one field of <div data-paste-row>, fills that field and those after it.
(function () {
  "use strict";

  document.querySelectorAll("[data-needs-script]").forEach(function (hint) { hint.hidden = false; });
  document.querySelectorAll("[data-paste-row]").forEach(function (row) {
    row.addEventListener("paste", function (event) {
      var texts = event.clipboardData.getData("text/plain").replace(/\r?\n$/, "").split(/\t|\r?\n/);
      if (texts.length < 2) { return; }
      var fields = Array.from(row.querySelectorAll("input")), first = fields.indexOf(event.target);
      if (first < 0) { return; }
      event.preventDefault();
      fields.slice(first, first + texts.length).forEach(function (field, at) {
        field.value = texts[at].trim();
        field.dispatchEvent(new Event("input", { bubbles: true }));
      });
    });
  });
})();
