// What is looked for in a page that is open. Each function returns what is wrong,
// as texts; an empty list is good. Only `unfold` and `strip` change the page.
(function () {
  "use strict";
  var CONTROLS = "aria-controls aria-labelledby aria-describedby aria-owns for list headers".split(" ");

  function all(selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  }
  function isShown(element) {
    return element.getClientRects().length > 0 &&
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  }
  function named(element) {
    var part = element.closest("section.s");
    var text = (element.getAttribute("aria-label") || element.textContent || "").trim();
    var kind = element.tagName.toLowerCase();
    var sort = element.getAttribute("class");
    return (part ? part.id : "page") + " " + kind + (sort ? "." + sort.split(" ").join(".") : "") +
      " “" + text.slice(0, 60).replace(/\s+/g, " ") + "”";
  }
  function charts() { return all("svg[role=img]").filter(isShown); }
  function scroller(element) {
    for (var up = element.parentElement; up; up = up.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(up).overflowX)) return up;
    }
    return null;
  }

  // The page is never wider than the window: what is wider scrolls by itself.
  function wide() {
    var room = document.documentElement.clientWidth;
    var found = document.documentElement.scrollWidth > room + 1
      ? ["the page is " + document.documentElement.scrollWidth + " px wide in " + room] : [];
    return found.concat(all("main *, header *, footer *").filter(function (one) {
      if (one.closest("svg") && one.tagName !== "text") return false;
      if (scroller(one) || !isShown(one)) return false;
      var box = one.getBoundingClientRect();
      return box.width > 0 && (box.right > room + 1 || box.left < -1) && !one.closest(".skip");
    }).map(named));
  }

  // The box of a text without the room for accents above and tails below it.
  function inked(text) {
    var box = text.getBoundingClientRect();
    return {
      left: box.left, right: box.right,
      top: box.top + box.height * 0.2, bottom: box.bottom - box.height * 0.2
    };
  }
  function overlap(one, other) {
    return Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
      Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1;
  }
  function collisions() {
    var found = [];
    all("svg").filter(isShown).forEach(function (chart) {
      var texts = all("text", chart).filter(isShown).map(function (text) {
        return { text: text, box: inked(text) };
      });
      texts.sort(function (a, b) { return a.box.top - b.box.top; });
      texts.forEach(function (one, index) {
        for (var next = index + 1; next < texts.length; next++) {
          var other = texts[next];
          if (other.box.top > one.box.bottom) break;
          if (overlap(one.box, other.box)) {
            found.push(named(one.text) + " on “" + other.text.textContent + "” in " + named(chart));
          }
        }
      });
    });
    return found;
  }

  // A text is whole on the page, or whole in a title.
  function cut() {
    var found = all("main *").filter(function (one) {
      if (!one.textContent.trim() || !isShown(one) || one.closest("svg")) return false;
      if (one.clientWidth <= 1 && one.clientHeight <= 1) return false; // for readers only
      var style = getComputedStyle(one);
      if (!/hidden|clip/.test(style.overflowX + style.overflowY)) return false;
      var isCut = one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 2;
      return isCut && !one.closest("[title]") && !all("[title]", one).length;
    }).map(named);
    return found.concat(all("svg text").filter(function (text) {
      if (!isShown(text)) return false;
      var box = text.getBoundingClientRect();
      var frame = text.ownerSVGElement.getBoundingClientRect();
      var hides = getComputedStyle(text.ownerSVGElement).overflow !== "visible";
      var around = scroller(text);
      var start = around ? around.getBoundingClientRect().left - around.scrollLeft : 0;
      var end = around ? start + around.scrollWidth : document.documentElement.clientWidth;
      if (box.left < start - 1 || box.right > end + 1) return true;
      return hides && (box.left < frame.left - 1 || box.right > frame.right + 1 ||
        inked(text).top < frame.top - 1 || inked(text).bottom > frame.bottom + 1);
    }).map(named));
  }

  // Every chart draws something, with numbers, in its box, and says what it shows.
  function hollow() {
    var found = [];
    charts().forEach(function (chart) {
      var frame = chart.getBoundingClientRect();
      var marks = all("rect,circle,ellipse,line,path,polygon,polyline", chart).filter(function (one) {
        return !one.closest("defs,marker,pattern") && isShown(one);
      });
      if (!marks.length) found.push("nothing drawn in " + named(chart));
      if (!chart.getAttribute("aria-label") && !chart.querySelector("title")) found.push("no words for " + named(chart));
      marks.forEach(function (one) {
        var box = one.getBoundingClientRect();
        if (box.left < frame.left - 9 || box.right > frame.right + 9 ||
            box.top < frame.top - 9 || box.bottom > frame.bottom + 9) {
          found.push("outside of its chart: " + one.outerHTML.slice(0, 120) + " in " + named(chart));
        }
      });
    });
    all("svg, svg *").forEach(function (one) {
      Array.prototype.forEach.call(one.attributes, function (attribute) {
        if (/^(d|x|y|x[12]|y[12]|c[xy]|r|width|height|points|transform|viewBox|offset)$/.test(attribute.name) &&
            /NaN|undefined|None|nan|inf/i.test(attribute.value)) {
          found.push(attribute.name + "=“" + attribute.value.slice(0, 60) + "” in " + named(one.closest("svg")));
        }
      });
    });
    return found;
  }

  // Behind every chart of some size stands a table: around it, or in its figure.
  function tableless() {
    return charts().filter(function (chart) {
      if (chart.getBoundingClientRect().width < 240 || chart.closest("table")) return false;
      if (chart.closest(".dots")) return false; // its figures stand beside it, as a list
      for (var up = chart.parentElement; up && up.tagName !== "SECTION"; up = up.parentElement) {
        if (all("table", up).length) return false;
        if (up.matches("figure,[role=tabpanel]")) break;
      }
      return true;
    }).map(named);
  }

  function references() {
    var ids = all("[id]").map(function (one) { return one.id; });
    var known = {};
    var found = [];
    ids.forEach(function (id) {
      if (known["#" + id]) found.push("twice: #" + id);
      if (!id || /\s/.test(id)) found.push("not an id: “" + id + "”");
      known["#" + id] = true;
    });
    CONTROLS.forEach(function (name) {
      all("[" + name + "]").forEach(function (one) {
        if (one.tagName === "OUTPUT") return;
        one.getAttribute(name).split(/\s+/).forEach(function (id) {
          if (!known["#" + id]) found.push(name + " names no element: " + id);
        });
      });
    });
    all("a[href],use[href]").forEach(function (link) {
      var href = link.getAttribute("href");
      if (href.charAt(0) !== "#") found.push("a link out of the page: " + href.slice(0, 80));
      else if (!known[decodeURIComponent(href)]) found.push("a link to nothing: " + href);
    });
    all("*").forEach(function (one) {
      Array.prototype.forEach.call(one.attributes, function (attribute) {
        (attribute.value.match(/url\(#[^)]*\)/g) || []).forEach(function (url) {
          if (!known[url.slice(4, -1)]) found.push(attribute.name + " names no element: " + url);
        });
      });
    });
    return found;
  }

  // No value of a programme stands where a reader looks for a figure.
  function unsaid() {
    var words = /(^|[\s(=:“])(nan|NaN|NaT|undefined|Infinity|-?inf|null|\[object \w+\])(?=$|[\s,.;:)%”])/;
    var none = /^\s*None\s*$|\bNone[%)]|[(=]None|\bNone (of|to) None/;
    var walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    var found = [];
    for (var node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest("script,style,pre,code")) continue;
      if (words.test(node.data) || none.test(node.data)) found.push(named(node.parentElement));
    }
    all("[aria-label],[title]").forEach(function (one) {
      ["aria-label", "title"].forEach(function (name) {
        var said = one.getAttribute(name) || "";
        if (words.test(said) || none.test(said)) found.push(name + " of " + named(one));
      });
    });
    return found;
  }

  // Scripts that carry data hold JSON, whole.
  function islands() {
    return all("script[type]").filter(function (one) {
      if (!/json/.test(one.type)) return one.type !== "" && !/javascript/.test(one.type);
      try { JSON.parse(one.textContent); return false; } catch (error) { return true; }
    }).map(function (one) { return "not JSON: " + one.id + " " + one.textContent.slice(0, 80); });
  }

  // Open all that is folded, and show all that waits behind a tab.
  function unfold() {
    all("details").forEach(function (one) { one.open = true; });
    all("[data-panel]").forEach(function (one) { one.hidden = false; });
  }

  // Take out what is hidden or folded, but for the first of each kind in a section.
  function strip() {
    all("[data-panel][hidden]").forEach(function (one) { one.remove(); });
    all("section.s").forEach(function (part) {
      ["how", "tab"].forEach(function (kind) {
        var first = all("details." + kind, part)[0];
        if (first) first.open = true;
      });
    });
    all("details:not([open])").forEach(function (one) {
      all(":scope > :not(summary)", one).forEach(function (held) { held.remove(); });
    });
  }

  window.looking = {
    wide: wide, collisions: collisions, cut: cut, hollow: hollow, tableless: tableless,
    references: references, unsaid: unsaid, islands: islands, unfold: unfold,
    strip: strip
  };
})();
