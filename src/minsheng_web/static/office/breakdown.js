// The form of one breakdown: its sum as it is typed, and keys as in a column of a sheet. The server decides.
(function () {
  "use strict";

  var TIMES = { "万": 10000n, "亿": 100000000n };
  var PLACES = 6;
  var SCALE = 1000000n;

  // A typed figure in millionths, exact; null where it is none. Blank and a dash are nought.
  function figure(text) {
    var flat = String(text).normalize("NFKC").replace(/[\s,]/g, "");
    if (!flat || /^[-—–]+$/.test(flat)) { return 0n; }
    var found = flat.match(/^(-?)(\d+)(?:\.(\d{1,6}))?([万亿]?)/);
    if (!found || (found[0].length !== flat.length && /\d/.test(flat.slice(found[0].length)))) { return null; }
    var value = BigInt(found[2]) * SCALE + BigInt(((found[3] || "") + "000000").slice(0, PLACES));
    value *= TIMES[found[4]] || 1n;
    return found[1] ? -value : value;
  }

  function written(value) {
    var minus = value < 0n;
    var size = minus ? -value : value;
    var whole = (size / SCALE).toString().replace(/\B(?=(\d{3})+$)/g, ",");
    var rest = (size % SCALE).toString().padStart(PLACES, "0").replace(/0+$/, "");
    return (minus ? "-" : "") + whole + (rest ? "." + rest : "");
  }

  function form() { return document.getElementById("division-form"); }

  function all(selector) { return Array.prototype.slice.call(form().querySelectorAll(selector)); }

  function added() {
    return all("[data-share], [data-reserve]").reduce(function (sum, input) {
      var value = figure(input.value);
      input.setAttribute("aria-invalid", String(value === null));
      return sum === null || value === null ? null : sum + value;
    }, 0n);
  }

  function show() {
    if (!form() || !form().dataset.adds) { return; }
    var sum = added();
    var whole = figure(form().dataset.whole);
    var told = form().querySelector("[data-difference]");
    var button = form().querySelector("[data-to-reserve]");
    form().querySelector("[data-sum]").textContent = sum === null ? "—" : written(sum);
    var gap = sum === null ? null : whole - sum;
    told.className = gap === 0n ? "agrees" : "differs";
    told.textContent = gap === null ? "有读不出的数，请改成数字" : gap === 0n ? "等于目标" :
      (gap > 0n ? "比目标少 " + written(gap) : "比目标多 " + written(-gap));
    var reserve = figure(form().querySelector("[data-reserve]").value);
    button.hidden = gap === null || gap === 0n || reserve === null || reserve + gap < 0n;
    button.dataset.value = button.hidden ? "" : written(reserve + gap).replace(/,/g, "");
  }

  function move(input, by) {
    var name = input.name.split("-")[0];
    var column = all("input").filter(function (one) { return one.name.split("-")[0] === name || one.name === "reserve" && name === "share"; });
    var next = column[column.indexOf(input) + by];
    if (next) { next.focus(); next.select(); }
  }

  document.addEventListener("input", function (event) {
    if (event.target.closest("#division-form")) { show(); }
  });

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-to-reserve]");
    if (!button) { return; }
    form().querySelector("[data-reserve]").value = button.dataset.value;
    show();
  });

  document.addEventListener("keydown", function (event) {
    var input = event.target;
    if (!input.matches || !input.matches("#division-form table input:not([type=checkbox])") || event.isComposing) { return; }
    var by = event.key === "ArrowDown" || (event.key === "Enter" && !event.shiftKey) ? 1 :
      event.key === "ArrowUp" || event.key === "Enter" ? -1 : 0;
    if (by) { event.preventDefault(); move(input, by); }
  });

  document.addEventListener("htmx:afterSwap", function () {
    show();
    var notice = document.querySelector("#division [data-notice]");
    if (notice) { notice.focus(); }
  });

  show();
})();
