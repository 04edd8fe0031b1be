(function () {
  "use strict";
  // Lanes of the journey map: without a script all of them stand.
  var list = document.getElementById("lanes");
  if (!list) return;
  var buttons = Array.prototype.slice.call(list.querySelectorAll("button"));
  var rows = Array.prototype.slice.call(document.querySelectorAll("#map tr[data-g]"));
  var wanted = new URLSearchParams(location.search).get("lanes");
  function pick(button) {
    buttons.forEach(function (other) {
      other.setAttribute("aria-pressed", String(other === button));
    });
    rows.forEach(function (row) {
      row.hidden = button.dataset.lanes.indexOf(row.dataset.g) < 0;
    });
  }
  buttons.forEach(function (button) { button.onclick = function () { pick(button); }; });
  list.hidden = false;
  pick(buttons.filter(function (button) { return button.dataset.lanes === wanted; })[0] || buttons[0]);
})();
