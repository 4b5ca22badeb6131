// Charts are drawn from tables that stand in the page: <table data-chart="…">, see chart_kinds.js.
// A chart adds nothing to its table; without scripts, or to a reader of screens, the table says it all.
(function () {
  "use strict";

  var PICTURE = { width: 1280, height: 720 };
  var PAPER = 680; // pixels across A4 within its margins
  var WAIT = 150; // milliseconds after the window stopped changing its size
  var kinds = window.minshengCharts;
  if (!window.echarts || !kinds) { return; }
  var option = kinds.option, said = kinds.said, token = kinds.token, rowsOf = kinds.rowsOf, across = kinds.across;

  // --- the chart in the page --------------------------------------------------------------------------
  function make(tag, className, content) {
    var made = document.createElement(tag);
    made.className = className;
    if (content) { made.textContent = content; }
    return made;
  }

  function height(table) {
    var rows = rowsOf(table).length;
    if (table.dataset.chart === "heatmap") { return Math.max(200, rows * 30 + 110); }
    if (table.dataset.chart === "map") { return table.dataset.shapes ? 460 : Math.ceil(rows / across(rows)) * 90 + 50; }
    return 300;
  }

  // A switch for the chart and one for the table; one of them always stays.
  function switches(parts) {
    var buttons = parts.map(function (part) {
      var button = make("button", "btn btn-sm btn-outline-secondary", part.word);
      button.type = "button";
      button.setAttribute("aria-pressed", String(!part.box.hidden));
      button.addEventListener("click", function () {
        var others = parts.filter(function (other) { return other !== part && !other.box.hidden; });
        if (!part.box.hidden && !others.length) { return; }
        part.box.hidden = !part.box.hidden;
        button.setAttribute("aria-pressed", String(!part.box.hidden));
        window.dispatchEvent(new Event("resize"));
      });
      return button;
    });
    return buttons;
  }

  // The chart once more, as large as a picture and with its title.
  function picture(table, made) {
    var room = make("div", "chart-aside");
    room.style.width = PICTURE.width + "px";
    room.style.height = Math.max(PICTURE.height, height(table) + 60) + "px";
    document.body.append(room);
    var copy = echarts.init(room, null, { renderer: "canvas", locale: "ZH" });
    var titled = Object.assign({}, made, { title: { text: table.dataset.title, left: "center", top: 12,
      subtext: table.dataset.note || "", subtextStyle: { fontSize: 12, color: token("--ink-soft") }, textStyle: { fontSize: 20, color: token("--blue-dark") } } });
    titled.grid = Object.assign({}, made.grid, { top: (made.grid.top || 0) + 56, left: 24, right: 32, bottom: (made.grid.bottom || 0) + 16 });
    if (made.legend) { titled.legend = Object.assign({}, made.legend, { top: 48, right: 24 }); }
    if (table.dataset.chart === "map" && made.series[0].type === "map") {
      titled.series = [Object.assign({}, made.series[0], { top: 76 })];
    }
    copy.setOption(titled);
    var address = copy.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: "#ffffff" });
    copy.dispose();
    room.remove();
    return address;
  }

  function save(table, made) {
    var link = document.createElement("a");
    link.href = picture(table, made);
    link.download = table.dataset.title + ".png";
    document.body.append(link);
    link.click();
    link.remove();
  }

  function draw(table, made) {
    var frame = table.closest(".table-scroll") || table;
    var box = make("div", "chart-box"), printed = make("div", "print-only chart-print"), tools = make("div", "chart-tools");
    box.style.height = height(table) + "px";
    frame.before(tools, printed, box);
    box.hidden = table.dataset.view === "table";
    frame.hidden = table.dataset.view === "chart";
    var buttons = switches([{ word: "图", box: box }, { word: "表", box: frame }]);
    var export_ = make("button", "btn btn-sm btn-outline-primary", "导出图片");
    export_.type = "button";
    export_.addEventListener("click", function () { save(table, made); });
    tools.setAttribute("role", "group");
    tools.setAttribute("aria-label", table.dataset.title);
    tools.append(buttons[0], buttons[1], export_);
    var chart = null;
    function show() {
      if (box.hidden || !box.clientWidth) { return; }
      if (chart) { chart.resize(); return; }
      chart = echarts.init(box, null, { renderer: "canvas", locale: "ZH", devicePixelRatio: Math.max(2, window.devicePixelRatio || 1) });
      box.setAttribute("role", "img");
      chart.on("click", function (event) { if (event.data && event.data.link) { window.location.assign(event.data.link); } });
      chart.setOption(made);
    }
    show();
    // On paper: lines instead of dots, as wide as the page, whatever the screen shows.
    window.addEventListener("beforeprint", function () {
      if (box.hidden && table.dataset.view === "table") { return; } // a table of lights is its own picture
      var size = { renderer: "svg", locale: "ZH", width: PAPER, height: height(table) };
      echarts.init(printed, null, size).setOption(made);
    });
    window.addEventListener("afterprint", function () {
      var there = echarts.getInstanceByDom(printed);
      if (there) { there.dispose(); }
    });
    return show;
  }

  function begin() {
    var waiting = 0, shown = [];
    document.querySelectorAll("table[data-chart]").forEach(function (table) {
      option(table).then(function (made) { shown.push(draw(table, made)); table.dataset.drawn = ""; },
        function () { table.dataset.drawn = "failed"; }); // the table stands as it is
    });
    window.addEventListener("resize", function () {
      clearTimeout(waiting);
      waiting = setTimeout(function () { shown.forEach(function (show) { show(); }); }, WAIT);
    });
  }

  begin();
})();
