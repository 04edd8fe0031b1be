// Attribution and what-if: the figures of the chosen model; sliders on drop-offs.
// What a change brings is counted here as `journeymine what-if` counts it.
(function () {
  "use strict";
  var START = 0, CONVERTED = 1, LEFT = 2, Z = 1.959963984540054, SHOWN = 8;
  var element = document.getElementById("whatif-data");
  if (!element) return;
  var data = JSON.parse(element.textContent);
  var wanted = new URLSearchParams(location.search);
  function all(selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  }
  function zeros(size) {
    return Array.from({ length: size }, function () { return 0; });
  }

  // Words: as the page writes figures elsewhere.
  function fixed(value, decimals) {
    var size = Math.abs(Number(value.toFixed(9)));
    var told = size.toFixed(decimals);
    // A number just between two goes to the even one, as in the library.
    var halves = size * Math.pow(2, decimals + 1);
    if (halves % 2 === 1 && Number(told.slice(-1)) % 2 === 1) {
      told = (size - Math.pow(10, -decimals) / 4).toFixed(decimals);
    }
    var parts = told.split(".");
    parts[0] = parts[0].replace(/\B(?=(\d{3})+$)/g, ",");
    return parts.join(".");
  }
  function signed(value, decimals) {
    var told = fixed(value, decimals);
    if (!/[1-9]/.test(told)) return told;
    return (value < 0 ? "\u2212" : "+") + told;
  }
  function percent(share, cases) {
    return fixed(100 * share, cases < 30 ? 0 : 1) + "%";
  }
  function money(value) {
    var large = Math.abs(value) >= 10000;
    var told = fixed(large ? value / 1000 : value, 0);
    if (!/[1-9]/.test(told)) return data.sign + told;
    return (large ? "about " : "") + (value < 0 ? "\u2212" : "+") + data.sign + told + (large ? "k" : "");
  }

  // Exact solving: Gauss with partial pivoting; null where there is no one answer.
  function solve(matrix, right) {
    var size = right.length, rows = matrix.map(function (row, i) { return row.concat(right[i]); });
    for (var i = 0; i < size; i++) {
      var best = i;
      for (var j = i + 1; j < size; j++) if (Math.abs(rows[j][i]) > Math.abs(rows[best][i])) best = j;
      if (Math.abs(rows[best][i]) < 1e-12) return null;
      var pivot = rows[best];
      rows[best] = rows[i];
      rows[i] = pivot;
      for (var k = i + 1; k < size; k++) {
        var times = rows[k][i] / pivot[i];
        if (times) for (var c = i; c <= size; c++) rows[k][c] -= times * pivot[c];
      }
    }
    var found = zeros(size);
    for (var r = size - 1; r >= 0; r--) {
      var rest = rows[r][size];
      for (var s = r + 1; s < size; s++) rest -= rows[r][s] * found[s];
      found[r] = rest / rows[r][r];
    }
    return found;
  }

  // The chain: rows of counts; what nothing leaves absorbs.
  function chainOf(moves) {
    var size = data.states.length, counts = [];
    for (var i = 0; i < size; i++) counts.push(zeros(size));
    for (var m = 0; m < moves.length; m += 3) counts[moves[m]][moves[m + 1]] += moves[m + 2];
    var totals = counts.map(function (row) { return row.reduce(function (a, b) { return a + b; }, 0); });
    var live = totals.map(function (_, i) { return i; }).filter(function (i) { return totals[i] > 0; });
    var chances = counts.map(function (row, i) {
      return row.map(function (times) { return totals[i] ? times / totals[i] : 0; });
    });
    var chain = { totals: totals, live: live, chances: chances, converts: counts.some(function (row) { return row[CONVERTED]; }) };
    chain.now = totals[START] && chain.converts ? flow(chain, chances) : null;
    return chain;
  }
  function flow(chain, chances) {
    var live = chain.live;
    function inner(turned) {
      return live.map(function (from) {
        return live.map(function (to) {
          return (from === to ? 1 : 0) - (turned ? chances[to][from] : chances[from][to]);
        });
      });
    }
    var worth = solve(inner(false), live.map(function (state) { return chances[state][CONVERTED]; }));
    var visits = solve(inner(true), live.map(function (state) { return state === START ? 1 : 0; }));
    if (!worth || !visits) return null;
    var found = { worth: zeros(chances.length), visits: zeros(chances.length) };
    live.forEach(function (state, i) {
      found.worth[state] = worth[i];
      found.visits[state] = visits[i];
    });
    found.worth[CONVERTED] = 1;
    return found;
  }
  function ofChain(chain, rates) {
    var changed = chain.chances.slice();
    Object.keys(rates).forEach(function (state) {
      var row = chain.chances[state], on = (1 - rates[state]) / (1 - row[LEFT]);
      changed[state] = row.map(function (share, to) { return to === LEFT ? rates[state] : share * on; });
    });
    var now = chain.now, then = flow(chain, changed), journeys = chain.totals[START];
    if (!then) return null;
    var variance = 0;
    chain.live.forEach(function (from) {
      var row = chain.chances[from], isSet = from in rates, on = 0, mean = 0, square = 0;
      // Where a share is set, only where those who go on go to is counted.
      row.forEach(function (share, to) { if (to !== LEFT) on += share / (1 - row[LEFT]) * then.worth[to]; });
      row.forEach(function (share, to) {
        if (!share) return;
        var after = then.visits[from] * then.worth[to];
        if (isSet) after = to === LEFT ? 0 : then.visits[from] * (then.worth[to] - on) * (1 - rates[from]) / (1 - row[LEFT]);
        var depends = journeys * (after - now.visits[from] * now.worth[to]);
        mean += share * depends;
        square += share * depends * depends;
      });
      variance += Math.max(square - mean * mean, 0) / chain.totals[from];
    });
    return { uplift: journeys * (then.worth[START] - now.worth[START]), half: Z * Math.sqrt(variance) };
  }

  // A funnel: from the first step that is set, shares that are set or counted.
  function spread(part, whole) {
    var smooth = (part + 1) / (whole + 2);
    return smooth * (1 - smooth) / Math.max(whole, 1);
  }
  function ofFunnel(funnel, rates) {
    var steps = funnel.steps, factors = [];
    var set = Object.keys(rates).map(Number).sort(function (a, b) { return a - b; });
    set.forEach(function (at, i) {
      var here = steps[at][1], on = here - steps[at][2];
      var arrive = i + 1 < set.length ? steps[set[i + 1]][1] : funnel.converted;
      factors.push({ now: on / here, then: 1 - rates[at], isSet: true, variance: spread(steps[at][2], here) });
      factors.push({ now: arrive / on, then: arrive / on, variance: spread(arrive, on) });
    });
    function product(which, but) {
      return factors.reduce(function (sum, one, i) { return i === but ? sum : sum * one[which]; }, steps[set[0]][1]);
    }
    var variance = 0;
    factors.forEach(function (one, i) {
      var depends = (one.isSet ? 0 : product("then", i)) - product("now", i);
      variance += depends * depends * one.variance;
    });
    return { uplift: product("then") - product("now"), half: Z * Math.sqrt(variance) };
  }

  // Subjects: what the sliders stand for. Each has places, and an answer for rates.
  function ofSteps(funnel) {
    return {
      name: funnel.name, whose: "in \u201c" + funnel.name + "\u201d", before: "After \u201c", after: "\u201d", conversions: funnel.converted, shown: 99,
      nothing: "Nobody went on from a step of this funnel yet, so nobody knows where to.",
      places: funnel.steps.map(function (step, key) {
        return { key: key, name: step[0], cases: step[1], unit: funnel.unit, now: step[2] / step[1], rates: step[3] };
      }).filter(function (one) { return one.cases > 0 && one.now < 1; }),
      answer: function (rates) { return ofFunnel(funnel, rates); }
    };
  }
  function ofActivities(moves) {
    var chain = chainOf(moves), places = [];
    chain.live.forEach(function (state) {
      var row = chain.chances[state], now = row[LEFT];
      // Who never goes anywhere else would stay for ever if he did not leave.
      if (!chain.now || state === START || !(1 - now - row[state] > 1e-9)) return;
      places.push({ key: state, name: data.states[state], cases: chain.totals[state], unit: "visits", now: now, lost: now * chain.totals[state],
        rates: now ? [["10% fewer leave", 0.9 * now], ["25% fewer leave", 0.75 * now]] : [] });
    });
    places.sort(function (a, b) { return b.lost - a.lost || a.key - b.key; });
    return {
      name: "Activities, in all journeys that ended", whose: "of all journeys that ended", before: "", after: "", places: places, shown: SHOWN,
      nothing: "No journey that ended has converted, so nobody knows what it would take.",
      conversions: chain.now ? Math.round(chain.totals[START] * chain.now.worth[START]) : 0,
      answer: function (rates) { return ofChain(chain, rates); }
    };
  }

  function build(host, own) {
    var subjects = own.funnels.map(ofSteps).concat(own.moves.length ? [ofActivities(own.moves)] : []);
    host.appendChild(document.getElementById("wi-body").content.cloneNode(true));
    var part = {}, rates, halves, rows, subject;
    all("[data-wi]", host).forEach(function (one) { part[one.dataset.wi] = one; });

    function say() {
      var set = Object.keys(rates), changed = set.length;
      var found = changed ? subject.answer(rates) : { uplift: 0, half: 0 };
      // A scenario alone is as sure as its row in the table says: its share was counted.
      if (found && changed === 1 && halves[set[0]]) found.half = halves[set[0]];
      var known = found && isFinite(found.uplift), low = known && found.uplift - found.half, high = known && found.uplift + found.half;
      part.kind.textContent = "More conversions " + subject.whose;
      part.gain.textContent = !changed ? "0" : known ? signed(found.uplift, 1) : "Not known";
      part.interval.textContent = !changed ? "Move a slider, or choose a scenario." : !known ? "Nobody would ever arrive at an end." :
        "95% interval " + signed(low, 1) + " to " + signed(high, 1);
      part.then.textContent = changed && known ? fixed(subject.conversions + found.uplift, 1) + " conversions instead of " + fixed(subject.conversions, 0) :
        fixed(subject.conversions, 0) + " conversions as it was";
      part.value.textContent = !changed || !known ? "" : data.value === null ? "Value not known: no amount of a goal" :
        "Value " + money(found.uplift * data.value) + " (" + money(low * data.value) + " to " + money(high * data.value) + ")";
      part.reset.disabled = !changed;
      rows.forEach(function (row) { row.show(); });
    }
    function put(place, rate, half) {
      halves[place.key] = half;
      // A slider at what is shown for now changes nothing.
      if (percent(rate, 30) === percent(place.now, 30)) delete rates[place.key];
      else rates[place.key] = rate;
      say();
    }
    function addRow(place) {
      var row = document.getElementById("wi-row").content.cloneNode(true).firstElementChild;
      var input = row.querySelector("input"), set = row.querySelector(".wi-set");
      row.querySelector("bdi").textContent = subject.before + place.name + subject.after;
      row.querySelector(".sub").textContent = "Now " + percent(place.now, place.cases) + " of " + fixed(place.cases, 0) + " " + place.unit + " leave";
      input.max = Math.min(100, Math.max(10, 20 * Math.ceil(place.now * 10)));
      input.setAttribute("aria-label", "Share that leaves: " + place.name);
      input.oninput = function () { put(place, Math.round(input.value * 10) / 1000); };
      // A rate that looks like the one now is no choice.
      var choices = place.rates.filter(function (one) { return percent(one[1], 30) !== percent(place.now, 30); });
      var buttons = choices.map(function (one) {
        var button = document.createElement("button");
        button.type = "button";
        button.textContent = one[0] + (one[2] ? ": " + percent(one[1], place.cases) : "");
        button.onclick = function () { put(place, one[1], one[3]); };
        set.appendChild(button);
        return button;
      });
      part.list.appendChild(row);
      rows.push({ show: function () {
        var isSet = place.key in rates, rate = isSet ? rates[place.key] : place.now, told = percent(rate, isSet ? 30 : place.cases);
        row.className = isSet ? "" : "same";
        input.value = 100 * rate;
        row.querySelector("output").textContent = told + " leave";
        input.setAttribute("aria-valuetext", told + " leave");
        buttons.forEach(function (button, i) {
          button.setAttribute("aria-pressed", String(isSet && Math.abs(rate - choices[i][1]) < 1e-9));
        });
      } });
    }
    function more() {
      var left = subject.places.slice(subject.shown), added = {};
      part.more.hidden = !left.length;
      part.add.textContent = "";
      part.add.appendChild(new Option("Choose", ""));
      left.forEach(function (place, i) { part.add.appendChild(new Option(place.name, i)); });
      part.add.onchange = function () {
        var chosen = left[part.add.value];
        if (!chosen || added[chosen.key]) return;
        added[chosen.key] = true;
        addRow(chosen);
        say();
      };
    }
    function choose() {
      subject = subjects[part.of.value];
      rates = {};
      halves = {};
      rows = [];
      part.list.textContent = "";
      part.nothing.hidden = subject.places.length > 0;
      part.nothing.textContent = subject.nothing;
      subject.places.slice(0, subject.shown).forEach(addRow);
      more();
      say();
    }
    if (!subjects.length) return;
    subjects.forEach(function (one, i) { part.of.appendChild(new Option(one.name, i)); });
    part.of.onchange = choose;
    part.reset.onclick = function () {
      rates = {};
      say();
    };
    choose();
    host.hidden = false;
  }
  all("[data-whatif]").forEach(function (host) { var own = data.personas[host.dataset.whatif]; if (own) build(host, own); });

  // The chosen model: its marks in accent, its figures in the table.
  var model = document.getElementById("at-model");
  if (model) {
    model.onchange = function () {
      all("[data-credits]").forEach(function (figure) {
        var told = [].concat.apply([], (data.credits[figure.dataset.credits] || {})[model.value] || []);
        figure.dataset.model = model.value;
        all("[data-chosen]", figure).forEach(function (one) { one.textContent = model.selectedOptions[0].text + ", with its interval"; });
        all("[data-shape]", figure).forEach(function (one) { one.setAttribute("href", "#at-" + ({ first: 1, last: 1 }[model.value] ? model.value : "dot")); });
        // The last one is drawn on top.
        all(".m." + model.value, figure).forEach(function (one) { one.parentNode.appendChild(one); });
        all("[data-figure]", figure).forEach(function (cell, i) { cell.textContent = told[i]; });
      });
    };
    if (wanted.get("model") && all("option", model).some(function (one) { return one.value === wanted.get("model"); })) model.value = wanted.get("model");
    model.onchange();
    model.parentNode.hidden = false;
  }
})();
