// What a chart of each kind is made of: <table data-chart="line|bar|lights|heatmap|map"> to an option of ECharts.
// Nothing here knows the page; charts.js draws what is made here.
window.minshengCharts = (function () {
  "use strict";

  var LIGHTS = ["blue", "green", "yellow", "orange", "red", "missing", "none"];
  var WORDS = { blue: "蓝灯", green: "绿灯", yellow: "黄灯", orange: "橙灯", red: "红灯", missing: "未报", none: "不评" };
  var MOST_NAMED = 16;
  var KINDS = { line: "折线图", bar: "柱形图", lights: "柱形图", heatmap: "热力图", map: "地图" };

  function token(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function light(name) { return token("--light-" + name); }

  function text(cell) { return cell ? cell.textContent.replace(/\s+/g, " ").trim() : ""; }

  // What a cell says to a chart: data-value where it has one, else its number; null where nothing is known.
  function value(cell) {
    if (!cell) { return null; }
    var said = cell.dataset.value === undefined ? text(cell).replace(/[,，%]/g, "") : cell.dataset.value;
    return said === "" || isNaN(Number(said)) ? null : Number(said);
  }

  function rowsOf(table) {
    return Array.from(table.tBodies).reduce(function (rows, body) {
      return rows.concat(Array.from(body.rows));
    }, []).filter(function (row) { return row.dataset.skip === undefined; });
  }

  function heads(table) { return Array.from(table.tHead.rows[table.tHead.rows.length - 1].cells); }

  function base(table) {
    return {
      animation: false,
      backgroundColor: "#ffffff",
      textStyle: { fontFamily: token("--font-hei"), color: token("--ink"), fontSize: 13 },
      aria: { enabled: true, label: { description: said(table) }, decal: { show: table.dataset.chart === "lights", decals: decals() } },
      tooltip: { renderMode: "richText", confine: true, textStyle: { fontSize: 13, color: token("--ink") } },
      grid: { left: 8, right: 24, top: 40, bottom: 8, containLabel: true },
    };
  }

  // Patterns in the order of LIGHTS: red and green are told apart without their colours too.
  function decals() {
    var soft = "rgba(28, 36, 48, 0.28)", plain = { symbol: "none" };
    return [
      { symbol: "rect", color: soft, dashArrayX: [1, 0], dashArrayY: [1, 7], rotation: 0 },
      plain,
      { symbol: "circle", color: soft, dashArrayX: [[6, 6], [0, 6, 6, 0]], dashArrayY: [5, 0], symbolSize: 0.45 },
      { symbol: "rect", color: soft, dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: Math.PI / 4 },
      plain,
      { symbol: "rect", color: soft, dashArrayX: [1, 0], dashArrayY: [1, 5], rotation: -Math.PI / 4 },
      plain,
    ];
  }

  function said(table) { return KINDS[table.dataset.chart] + "：" + table.dataset.title + "。数字见表。"; }

  function axes(option, names, unit) {
    option.xAxis = { type: "category", data: names, axisLine: { lineStyle: { color: token("--ink-faint") } },
      axisLabel: { color: token("--ink-soft"), hideOverlap: true } };
    option.yAxis = { type: "value", name: unit || "", nameTextStyle: { color: token("--ink-soft"), align: "left" },
      axisLabel: { color: token("--ink-soft") }, splitLine: { lineStyle: { color: token("--line-soft") } } };
    option.legend = { top: 0, right: 0, itemWidth: 28, textStyle: { color: token("--ink") } };
    option.tooltip.trigger = "axis";
    return option;
  }

  // --- one builder a kind of chart: table -> option ---------------------------------------------------
  function styles() {
    return {
      done: { color: token("--blue"), type: "solid", width: 3, symbol: "circle", size: 8 },
      expected: { color: token("--ink-faint"), type: "dashed", width: 2, symbol: "none", size: 0 },
      low: { color: token("--amber"), type: "dotted", width: 2, symbol: "triangle", size: 7 },
      middle: { color: token("--amber"), type: "dashed", width: 2, symbol: "rect", size: 6 },
      high: { color: token("--amber"), type: "dotted", width: 2, symbol: "diamond", size: 8 },
    };
  }

  function line(table) {
    var rows = rowsOf(table), known = styles();
    var option = axes(base(table), rows.map(function (row) { return text(row.cells[0]); }), table.dataset.unit);
    option.series = heads(table).map(function (head, at) {
      var style = known[head.dataset.series];
      return style && {
        type: "line", name: text(head), connectNulls: true, symbol: style.symbol, symbolSize: style.size,
        lineStyle: { color: style.color, type: style.type, width: style.width }, itemStyle: { color: style.color },
        data: rows.map(function (row) { return value(row.cells[at]); }),
      };
    }).filter(Boolean);
    return option;
  }

  function bar(table) {
    var rows = rowsOf(table);
    var option = axes(base(table), rows.map(function (row) { return text(row.cells[0]); }), table.dataset.unit);
    // Every bar of a few is named; of many, those there is room for.
    if (rows.length > 6 && rows.length <= MOST_NAMED) {
      Object.assign(option.xAxis.axisLabel, { hideOverlap: false, interval: 0, rotate: 40 });
    }
    option.series = heads(table).map(function (head, at) {
      return head.dataset.series !== undefined && {
        type: "bar", name: text(head), barMaxWidth: 26,
        data: rows.map(function (row) { return value(row.cells[at]); }),
      };
    }).filter(Boolean);
    var colours = option.series.length > 1 ? [token("--line"), token("--blue")] : [token("--blue")];
    option.series.forEach(function (series, at) { series.itemStyle = { color: colours[at % colours.length] }; });
    return option;
  }

  function lights(table) {
    var rows = rowsOf(table);
    var option = axes(base(table), rows.map(function (row) { return text(row.cells[0]); }), table.dataset.unit);
    option.series = heads(table).map(function (head, at) {
      var name = head.dataset.light;
      return name && {
        type: "bar", name: WORDS[name], stack: "all", barMaxWidth: 44,
        itemStyle: { color: light(name), borderColor: token("--ink-faint"), borderWidth: 0.5 },
        data: rows.map(function (row) { return value(row.cells[at]); }),
      };
    }).filter(Boolean);
    return option;
  }

  function pieces(used) {
    return {
      type: "piecewise", orient: "horizontal", left: "center", bottom: 0, itemWidth: 18, selectedMode: false,
      textStyle: { color: token("--ink") },
      pieces: LIGHTS.map(function (name, at) { return { value: at, label: WORDS[name], color: light(name) }; })
        .filter(function (piece) { return used.has(piece.value); }),
    };
  }

  function labelled(size) { return { show: true, fontSize: size, color: token("--ink"), formatter: function (item) { return item.data.says; } }; }

  function ink(name) { return token("--light-" + name + "-ink"); }

  function heatmap(table) {
    var rows = rowsOf(table), names = heads(table), option = base(table), used = new Set(), data = [];
    var columns = names.map(function (head, at) { return { at: at, name: text(head) }; })
      .filter(function (column) { return names[column.at].dataset.column !== undefined; });
    rows.forEach(function (row, y) {
      columns.forEach(function (column, x) {
        var cell = row.cells[column.at], name = cell && cell.dataset.light;
        if (!name) { return; }
        used.add(LIGHTS.indexOf(name));
        data.push({ value: [x, y, LIGHTS.indexOf(name)], says: text(cell), link: linkIn(cell),
          label: { color: ink(name) }, tip: text(row.cells[0]) + "　" + column.name + "　" + text(cell) });
      });
    });
    option.grid.top = 8;
    option.grid.bottom = 40;
    option.xAxis = { type: "category", position: "top", data: columns.map(function (c) { return c.name; }),
      axisLabel: { interval: 0, rotate: columns.length > 12 ? 40 : 0, color: token("--ink") }, splitArea: { show: false } };
    option.yAxis = { type: "category", inverse: true, data: rows.map(function (row) { return text(row.cells[0]); }),
      axisLabel: { interval: 0, color: token("--ink"), width: 220, overflow: "truncate" } };
    option.visualMap = pieces(used);
    option.tooltip.formatter = function (item) { return item.data.tip; };
    option.series = [{ type: "heatmap", data: data, label: labelled(12),
      itemStyle: { borderColor: "#ffffff", borderWidth: 1 } }];
    return option;
  }

  function linkIn(cell) {
    var link = cell && cell.querySelector("a[href]");
    return link ? link.getAttribute("href") : "";
  }

  function regionsOf(table) {
    return rowsOf(table).filter(function (row) { return row.dataset.light; }).map(function (row) {
      return { code: row.dataset.code || "", name: text(row.cells[0]), light: row.dataset.light,
        count: row.dataset.says || "", link: linkIn(row.cells[0]) };
    });
  }

  function item(region, key) {
    var says = region.name + "\n" + region.count;
    return { name: key, value: LIGHTS.indexOf(region.light), says: says, tip: says, link: region.link,
      label: { color: ink(region.light) } };
  }

  function across(count) { return Math.max(1, Math.min(count, Math.ceil(Math.sqrt(count * 2.5)))); }

  // Regions as equal tiles: a map for places whose outlines nobody has.
  function tiles(table) {
    var regions = regionsOf(table), wide = across(regions.length);
    var high = Math.ceil(regions.length / wide), option = base(table), used = new Set();
    option.grid = { left: 8, right: 8, top: 8, bottom: 40 };
    option.xAxis = { type: "category", show: false, data: Array.from({ length: wide }, function (_, at) { return at; }) };
    option.yAxis = { type: "category", show: false, inverse: true, data: Array.from({ length: high }, function (_, at) { return at; }) };
    option.tooltip.formatter = function (shown) { return shown.data.tip; };
    option.series = [{ type: "heatmap", label: labelled(14), itemStyle: { borderColor: "#ffffff", borderWidth: 4 },
      data: regions.map(function (region, at) {
        var made = item(region, region.name);
        used.add(made.value);
        made.value = [at % wide, Math.floor(at / wide), made.value];
        return made;
      }) }];
    option.visualMap = pieces(used);
    return option;
  }

  function outlines(table, shapes) {
    var name = "shapes-" + table.dataset.shapes, option = base(table), used = new Set();
    var known = new Set(shapes.features.map(function (feature) { return feature.properties.name; }));
    var regions = regionsOf(table);
    echarts.registerMap(name, shapes);
    if (!regions.some(function (region) { return known.has(region.code); })) { return tiles(table); }
    option.tooltip.formatter = function (shown) { return shown.data && shown.data.tip ? shown.data.tip : ""; };
    option.series = [{ type: "map", map: name, nameProperty: "name", selectedMode: false, roam: false,
      top: 8, bottom: 44, left: 8, right: 8, aspectScale: 0.85, preserveAspect: "contain",
      label: Object.assign(labelled(13), { formatter: function (shown) { return shown.data && shown.data.says ? shown.data.says : ""; } }),
      labelLayout: { hideOverlap: true }, emphasis: { disabled: true },
      itemStyle: { areaColor: token("--grey-wash"), borderColor: token("--ink-soft"), borderWidth: 1 },
      data: regions.filter(function (region) { return known.has(region.code); }).map(function (region) {
        var made = item(region, region.code);
        used.add(made.value);
        return made;
      }) }];
    option.visualMap = pieces(used);
    return option;
  }

  function option(table) {
    var kind = table.dataset.chart;
    if (kind !== "map") { return Promise.resolve({ line: line, bar: bar, lights: lights, heatmap: heatmap }[kind](table)); }
    if (!table.dataset.shapes) { return Promise.resolve(tiles(table)); }
    return fetch(table.dataset.shapes, { credentials: "same-origin" })
      .then(function (answer) { return answer.ok ? answer.json() : null; })
      .then(function (shapes) { return shapes && shapes.features.length ? outlines(table, shapes) : tiles(table); });
  }

  return { option: option, said: said, token: token, rowsOf: rowsOf, across: across };
})();
