// A diagram that is wider than its box begins with what matters: the state the case is in, else
// the state in which every case begins.
for (const box of document.querySelectorAll('.trellis-diagram')) {
  const state =
    box.querySelector('.statechart-state--current:not(.statechart-state--group)') ??
    box.querySelector('.statechart-start');
  if (state === null) continue;
  const { left, width } = state.getBoundingClientRect();
  const { left: boxLeft, width: boxWidth } = box.getBoundingClientRect();
  box.scrollLeft += left + width / 2 - boxLeft - boxWidth / 2;
}
