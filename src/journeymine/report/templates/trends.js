(function () {
  "use strict";
  var place = document.getElementById("explore");
  if (!place) return;
  var MINUS = "\u2212", SPACE = "\u00a0", JOINER = "\u2060", DASH = "\u2013";
  var MONTHS = ("January February March April May June July August September"
    + " October November December").split(" ");
  var UNITS = [["d", 86400], ["h", 3600], ["min", 60], ["s", 1]];
  var DAY = 86400000;
  var FEW = 30;
  var root = document.documentElement;
  var state = place.querySelector("[data-state]");
  var chart = place.querySelector(".chart");
  var says = place.querySelector(".says");
  var picks = {};
  var data, shown;
  ["measure", "slice", "kind"].forEach(function (name) {
    picks[name] = place.querySelector("[data-pick=" + name + "]");
  });

  // Nothing is unpacked before the chart is opened.
  place.addEventListener("toggle", function () {
    if (!place.open) return;
    if (shown) draw();
    if (data) return;
    state.textContent = "Unpacking\u2026";
    Promise.resolve().then(open).catch(function () {
      state.textContent = "This browser cannot draw the chart; the drawings and tables above hold.";
    });
  });
  if (new URLSearchParams(location.search).has("explore")) place.open = true;

  function open() {
    return unpacked("explore-data").then(function (text) {
      data = JSON.parse(text);
      return unpacked("explore-script");
    }).then(function (script) {
      var element = document.createElement("script");
      element.textContent = script;
      document.head.appendChild(element).remove();
      state.hidden = true;
      place.querySelector("[data-chart]").hidden = false;
      begin();
    });
  }

  function unpacked(id) {
    var text = atob(JSON.parse(document.getElementById(id).textContent));
    var bytes = new Uint8Array(text.length);
    for (var i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    var stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).text();
  }

  function begin() {
    var names = data.measures.map(function (one) { return one.name; });
    fill(picks.measure, names);
    picks.measure.value = String(data.first);
    Object.keys(picks).forEach(function (name) { picks[name].onchange = choose; });
    place.querySelector("[data-whole]").onclick = function () {
      Plotly.relayout(chart, { "xaxis.range": span() });
    };
    new MutationObserver(draw).observe(root, { attributeFilter: ["data-theme"] });
    choose();
  }

  function fill(select, options, keys) {
    var kept = select.value;
    select.textContent = "";
    options.forEach(function (words, index) {
      var option = document.createElement("option");
      option.textContent = words;
      option.value = String(keys ? keys[index] : index);
      select.appendChild(option);
      if (option.value === kept) select.value = kept;
    });
  }

  // Only what there is can be chosen: slices of the measure, then kinds of period.
  function choose() {
    var lines = data.lines.filter(function (one) { return one[0] === +picks.measure.value; });
    var slices = data.slices.map(function (_, index) { return index; }).filter(function (index) {
      return lines.some(function (one) { return one[1] === index; });
    });
    fill(picks.slice, slices.map(function (index) { return data.slices[index]; }), slices);
    lines = lines.filter(function (one) { return one[1] === +picks.slice.value; });
    var kinds = lines.map(function (one) { return one[2]; });
    fill(picks.kind, kinds.map(function (kind) { return kind === "week" ? "Week" : "Month"; }), kinds);
    shown = read(lines.filter(function (one) { return one[2] === picks.kind.value; })[0]);
    tell();
    draw();
  }

  function read(line) {
    var steps = data.measures[line[0]].steps;
    var points = line[4].map(function (period, index) {
      var first = Date.parse(period + "T00:00:00Z");
      var value = line[5][index], below = line[6][index], above = line[7][index];
      return {
        first: first, after: after(first, line[2]), value: value / steps,
        low: below === null ? null : (value - below) / steps,
        high: above === null ? null : (value + above) / steps,
        n: line[8][index], final: line[9][index] === 1
      };
    });
    return {
      measure: data.measures[line[0]], slice: data.slices[line[1]],
      kind: line[2], target: line[3] === null ? null : line[3] / steps, points: points
    };
  }

  function after(first, kind) {
    if (kind === "week") return first + 7 * DAY;
    var day = new Date(first);
    return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1);
  }

  // Words, as the rest of the page writes them.
  function even(value) {
    var whole = Math.round(value);
    return Math.abs(value % 1) === 0.5 && whole % 2 ? whole - 1 : whole;
  }
  function count(value) {
    return even(value).toLocaleString("en-US").replace("-", MINUS);
  }
  function signed(value, decimals) {
    var text = value.toFixed(decimals);
    if (Number(text) === 0) return text.replace("-", "");
    return value > 0 ? "+" + text : text.replace("-", MINUS);
  }
  function duration(seconds) {
    for (var i = 0; i < UNITS.length; i++) {
      if (seconds < UNITS[i][1] && UNITS[i][0] !== "s") continue;
      var amount = seconds / UNITS[i][1];
      var decimals = amount < 10 && UNITS[i][0] !== "s" ? 1 : 0;
      return amount.toFixed(decimals).replace(/\.0$/, "") + SPACE + UNITS[i][0];
    }
    return "";
  }
  function told(value, n) {
    var unit = shown.measure.unit;
    if (unit === "share") return value.toFixed(n < FEW ? 0 : 1) + "%";
    if (unit === "emotion") return signed(value, 2);
    if (unit === "points") return signed(value, 0);
    if (unit === "days") return duration(value);
    if (unit !== "money") return count(value);
    var large = Math.abs(value) >= 10000;
    return (large ? "about " : "") + data.sign + (large ? count(value / 1000) + "k" : count(value));
  }
  function interval(point) {
    if (point.low === null || point.high === null) return "";
    var low = told(point.low, point.n), high = told(point.high, point.n);
    if (shown.measure.unit === "share") return low.slice(0, -1) + DASH + JOINER + high;
    return low + " to " + high.replace(/^about /, "");
  }
  function period(point) {
    var day = new Date(point.first);
    var month = MONTHS[day.getUTCMonth()] + " " + day.getUTCFullYear();
    return shown.kind === "week" ? "Week of " + day.getUTCDate() + " " + month : month;
  }
  function cases(point) { return "n" + SPACE + "=" + SPACE + count(point.n); }

  function tell() {
    var target = shown.target === null ? "" : " Dotted: target " + told(shown.target, FEW) + ".";
    says.textContent = shown.measure.words + "." + target;
    var table = place.querySelector("table");
    table.className = "t wide";
    table.textContent = "";
    var head = table.createTHead().insertRow();
    ["Period", "Value", "95% interval", "n", "Final"].forEach(function (words) {
      var cell = head.appendChild(document.createElement("th"));
      cell.scope = "col";
      cell.textContent = words;
    });
    var body = table.createTBody();
    shown.points.forEach(function (point) {
      var row = body.insertRow();
      [period(point), told(point.value, point.n), interval(point) || "\u2014", count(point.n),
        point.final ? "Yes" : "Not yet"].forEach(function (words, index) {
        var cell = index ? row.insertCell() : row.appendChild(document.createElement("th"));
        if (!index) cell.scope = "row";
        cell.textContent = words;
      });
    });
    chart.setAttribute("role", "img");
    chart.setAttribute("aria-label", shown.measure.name + ", " + shown.slice + ", by "
      + shown.kind + "; the table below has the values");
  }

  // A closed chart has no size: it is drawn once it is open.
  function resize() {
    if (place.open) Plotly.Plots.resize(chart);
  }

  // The drawing: colours are those of the page, read again when the theme changes.
  function colour(name) { return getComputedStyle(root).getPropertyValue("--" + name).trim(); }
  function soft(name, share) {
    var hex = parseInt(colour(name).slice(1), 16);
    return "rgba(" + [hex >> 16, hex >> 8 & 255, hex & 255, share].join(",") + ")";
  }
  function middle(point) { return (point.first + point.after) / 2; }
  function height(value) {
    return value !== null && shown.measure.unit === "days" ? value / 86400 : value;
  }
  function escaped(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  }
  function span() {
    var points = shown.points;
    return [points[0].first, points[points.length - 1].after];
  }

  // Points that follow each other without a gap.
  function runs() {
    return shown.points.reduce(function (found, point) {
      var run = found[found.length - 1];
      if (run && run[run.length - 1].after === point.first) run.push(point);
      else found.push([point]);
      return found;
    }, []);
  }

  function lines(isFinal) {
    var x = [], y = [];
    runs().forEach(function (run) {
      run.slice(1).forEach(function (point, index) {
        if ((run[index].final && point.final) !== isFinal) return;
        x.push(middle(run[index]), middle(point), null);
        y.push(height(run[index].value), height(point.value), null);
      });
    });
    return { x: x, y: y, mode: "lines", hoverinfo: "skip", connectgaps: false,
      line: { color: colour("ink"), width: 1.75, dash: isFinal ? "solid" : "4px,3px" } };
  }

  // A run of points has a band, a lone one a whisker.
  function intervals(isBand) {
    var x = [], y = [];
    runs().forEach(function (run) {
      var known = run.filter(function (point) { return point.low !== null && point.high !== null; });
      if (!known.length || known.length > 1 !== isBand) return;
      known.forEach(function (point) { x.push(middle(point)); y.push(height(point.low)); });
      known.reverse().forEach(function (point) { x.push(middle(point)); y.push(height(point.high)); });
      x.push(null);
      y.push(null);
    });
    return { x: x, y: y, mode: "lines", hoverinfo: "skip", fill: isBand ? "toself" : "none",
      fillcolor: soft("vol", 0.16), line: { color: colour("ink"), width: isBand ? 0 : 1.5 } };
  }

  function spots() {
    return {
      x: shown.points.map(middle),
      y: shown.points.map(function (point) { return height(point.value); }),
      mode: "markers",
      text: shown.points.map(function (point) {
        var inside = [interval(point), cases(point)].filter(Boolean).join(", ");
        return escaped(shown.measure.name + ", " + shown.slice) + "<br>" + period(point) + ": <b>"
          + told(point.value, point.n) + "</b> (" + inside + ")" + (point.final ? "" : ", not final");
      }),
      hovertemplate: "%{text}<extra></extra>",
      marker: { size: 7, line: { color: colour("ink"), width: 1.5 },
        color: shown.points.map(function (point) { return colour(point.final ? "ink" : "bg"); }) }
    };
  }

  function incidents() {
    return data.incidents.map(function (one) {
      return { type: "rect", layer: "below", yref: "paper", y0: 0, y1: 1,
        x0: Date.parse(one.since), x1: one.until ? Date.parse(one.until) : span()[1],
        line: { width: 0 }, fillcolor: soft("drop", 0.16) };
    });
  }

  function notes(font) {
    var last = shown.points[shown.points.length - 1];
    return [{ x: middle(last), y: height(last.value), text: told(last.value, last.n), xanchor: "left",
      xshift: 8, showarrow: false, font: Object.assign({}, font, { color: colour("ink") }) }
    ].concat(data.incidents.map(function (one) {
      return { x: Date.parse(one.since), y: 1, yref: "paper", yanchor: "bottom", xanchor: "left",
        text: escaped(one.label), showarrow: false, font: Object.assign({}, font, { color: colour("drop") }) };
    }));
  }

  function axis(font) {
    var suffix = { share: "%", days: SPACE + "d" }[shown.measure.unit] || "";
    var prefix = shown.measure.unit === "money" ? data.sign : "";
    return { gridcolor: colour("line"), zeroline: false, fixedrange: true, nticks: 6, tickfont: font,
      ticksuffix: suffix, tickprefix: prefix, showticksuffix: "last", showtickprefix: "last",
      separatethousands: true, automargin: true };
  }

  function draw() {
    var font = { family: getComputedStyle(document.body).fontFamily, size: 12, color: colour("muted") };
    var shapes = incidents();
    if (shown.target !== null) {
      shapes.push({ type: "line", xref: "paper", x0: 0, x1: 1, y0: height(shown.target),
        y1: height(shown.target), line: { color: colour("ink2"), width: 1.5, dash: "2px,3px" } });
    }
    var y = axis(font);
    if (shown.target !== null) y.range = around(shown.target);
    Plotly.react(chart, [intervals(true), intervals(false), lines(true), lines(false), spots()], {
      paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", font: font, showlegend: false,
      margin: { l: 48, r: 64, t: 24, b: 32 }, hovermode: "closest", hoverdistance: 40,
      dragmode: matchMedia("(pointer: coarse)").matches ? false : "zoom",
      hoverlabel: { bgcolor: colour("bg"), bordercolor: colour("line2"), align: "left",
        font: Object.assign({}, font, { color: colour("ink") }) },
      shapes: shapes, annotations: notes(font), yaxis: y,
      xaxis: { type: "date", range: span(), showgrid: false, zeroline: false,
        nticks: Math.min(8, Math.max(3, Math.floor(chart.clientWidth / 110))), tickangle: 0,
        tickformatstops: [{ dtickrange: [null, "M1"], value: "%-d %b" },
          { dtickrange: ["M1", null], value: "%b %Y" }], tickfont: font, hoverformat: "%Y" }
    }, { displayModeBar: false, responsive: true, doubleClick: "reset" }).then(resize);
  }

  // A target outside the values is drawn all the same.
  function around(target) {
    var all = [height(target)];
    shown.points.forEach(function (point) {
      [point.value, point.low, point.high].forEach(function (value) {
        if (value !== null) all.push(height(value));
      });
    });
    var low = Math.min.apply(null, all), high = Math.max.apply(null, all);
    var margin = (high - low || 1) * 0.06;
    return [low - margin, high + margin];
  }
})();
