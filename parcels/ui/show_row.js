// Bring the chosen row of a table into sight: the table itself does so for clicks only.
(() => {
  const { key, row, rowHeight, pinned, left, width } = SHOWN;
  const head = rowHeight;
  let turns = 40; // the table is drawn after this script is run

  function show() {
    const scroller = document.querySelector(`.st-key-${key} .dvn-scroller`);
    if (!scroller || !scroller.clientHeight) {
      turns -= 1;
      if (turns) setTimeout(show, 50);
      return;
    }
    const room = scroller.clientHeight - head;
    const top = row * rowHeight;
    const isSeen = top >= scroller.scrollTop && top + rowHeight <= scroller.scrollTop + room;
    if (!isSeen) scroller.scrollTop = Math.max(0, top - (room - rowHeight) / 2);
    if (!width) return;
    const breadth = scroller.clientWidth - pinned;
    const isShown = left >= scroller.scrollLeft && left + width <= scroller.scrollLeft + breadth;
    if (!isShown) scroller.scrollLeft = Math.max(0, left + width - breadth);
  }

  show();
})();
