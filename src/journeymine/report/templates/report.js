(function () {
  "use strict";
  var root = document.documentElement;
  var wanted = new URLSearchParams(location.search);
  function all(selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  }

  // Theme: the system's until switched; paper is always light.
  var button = document.getElementById("theme");
  var before = null;
  function theme(name) {
    root.setAttribute("data-theme", name);
    button.textContent = name === "dark" ? "Light" : "Dark";
  }
  var dark = window.matchMedia && matchMedia("(prefers-color-scheme: dark)").matches;
  theme(wanted.get("theme") || (dark ? "dark" : "light"));
  button.onclick = function () {
    theme(root.getAttribute("data-theme") === "dark" ? "light" : "dark");
  };
  document.getElementById("print").onclick = function () { window.print(); };
  window.addEventListener("beforeprint", function () {
    before = root.getAttribute("data-theme");
    root.setAttribute("data-theme", "light");
  });
  window.addEventListener("afterprint", function () { if (before) theme(before); });

  // Tabs: one tab stop, arrow keys; many personas are a select instead.
  function show(group, key) {
    all("[data-panel]").forEach(function (panel) {
      if (panel.dataset.group === group) panel.hidden = panel.dataset.panel !== key;
    });
  }
  all("[role=tablist]").forEach(function (list) {
    var tabs = all("[role=tab]", list);
    function pick(tab, focus) {
      tabs.forEach(function (other) {
        other.setAttribute("aria-selected", String(other === tab));
        other.tabIndex = other === tab ? 0 : -1;
      });
      show(list.dataset.tabs, tab.dataset.key);
      list.scrollLeft = Math.max(0, tab.offsetLeft - list.offsetLeft - 24);
      if (focus) tab.focus();
    }
    tabs.forEach(function (tab, index) {
      tab.onclick = function () { pick(tab); };
      tab.onkeydown = function (event) {
        var step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        event.preventDefault();
        pick(tabs[(index + step + tabs.length) % tabs.length], true);
      };
    });
    var key = wanted.get(list.dataset.tabs);
    pick(tabs.filter(function (tab) { return tab.dataset.key === key; })[0] || tabs[0]);
  });
  all("select[data-tabs]").forEach(function (select) {
    var key = wanted.get(select.dataset.tabs);
    if (key && all("option", select).some(function (o) { return o.value === key; })) select.value = key;
    select.onchange = function () { show(select.dataset.tabs, select.value); };
    select.onchange();
  });

  // Coverage of the process map: the style hides what is above the level.
  var slider = document.getElementById("coverage");
  if (slider) {
    var levels = slider.dataset.levels.split(" ");
    if (levels.indexOf(wanted.get("coverage")) >= 0) slider.value = levels.indexOf(wanted.get("coverage"));
    slider.oninput = function () {
      var level = levels[slider.value];
      document.getElementById("maps").dataset.level = level;
      slider.nextElementSibling.textContent = level + "%";
      slider.setAttribute("aria-valuetext", level + "% of steps");
    };
    slider.oninput();
    slider.parentNode.hidden = false;
  }

  // Colour of the process map.
  all("[data-sets]").forEach(function (toggle) {
    toggle.onclick = function () {
      document.getElementById("maps").dataset.mode = toggle.dataset.sets;
      all("[data-sets]").forEach(function (other) {
        other.setAttribute("aria-pressed", String(other === toggle));
      });
    };
    if (toggle.dataset.sets === wanted.get("colour")) toggle.onclick();
  });

  // Mark the section in view; Escape closes what was opened.
  var links = all("nav.main a");
  links[0].setAttribute("aria-current", "true");
  if ("IntersectionObserver" in window) {
    var seen = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        if (!entry.isIntersecting) return;
        links.forEach(function (link) {
          if (link.hash === "#" + entry.target.id) link.setAttribute("aria-current", "true");
          else link.removeAttribute("aria-current");
        });
      });
    }, { rootMargin: "-20% 0px -70% 0px" });
    if (innerHeight < 5000) all("section.s").forEach(function (part) { seen.observe(part); });
  }
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") all("details[open]").forEach(function (d) { d.open = false; });
  });
})();
