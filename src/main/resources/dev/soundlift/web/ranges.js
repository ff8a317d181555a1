// Which part: stretches of the shown file, dragged or typed, and what splitting makes of it.
import { $, make, onEnter, passFocus } from './dom.js';
import { wave } from './listen.js';
import { on, state, tell } from './state.js';
import { clock, say, seconds } from './words.js';

/** To the millisecond, as times are written. */
const written = (time) => clock(Math.round(time * 1000) / 1000);

/** Of "1:30-2:00" or, to the end, "1:30-". */
function parsed(text) {
  const match = /^([\d:.]+)-([\d:.]*)$/.exec(text);
  if (!match) return null;
  const start = seconds(match[1]), end = match[2] ? seconds(match[2]) : state.shown.media.durationSeconds;
  return end > start ? { start, end } : null;
}

export function markRanges() {
  wave.setRanges(state.shown.form.ranges.map(parsed).filter(Boolean));
}

function setRanges(ranges) {
  state.shown.form.ranges = ranges;
  markRanges();
  showRanges();
  tell('form');
}

export function showRanges() {
  const { ranges } = state.shown.form;
  $('ranges').replaceChildren(...(ranges.length ? ranges.map((range, i) => make('li', range.replace('-', ' – '), {},
    make('button', '▶', { type: 'button', class: 'small', 'aria-label': say('playOf', range), onclick: () => {
      const stretch = parsed(range);
      if (stretch) wave.play(stretch.start, stretch.end);
    } }),
    make('button', '✕', { type: 'button', class: 'small', 'aria-label': say('removeOf', range), onclick: () => {
      setRanges(ranges.filter((_, other) => other !== i));
      passFocus('#ranges button:last-child', i, $('from'));
    } }),
  )) : [make('li', say('whole'), { class: 'quiet' })]));
  showPieces();
}

/** What becomes of it, in words. */
function showPieces() {
  const split = $('split').value;
  for (const id of ['pieceLength', 'pieceSize']) $(`${id}-label`).hidden = split !== 'silence';
  const limited = $('pieceLength').value || $('pieceSize').value;
  $('pieces-words').textContent = split === 'chapters' ? say('wordsChapters') : split === 'silence' ? say(limited ? 'wordsLimited' : 'wordsSilence')
    : split ? say('wordsLengths') : state.shown.form.ranges.length > 1 ? say('wordsRanges') : '';
}

/** What was said last of edges that moved, and of times that are none. */
let last = [], wrong = '';

function tellMoved(moved) {
  last = moved;
  $('moved').textContent = moved.map(({ from, to, why }) => say('moved', written(from), written(to), say(why).toLowerCase())).join(' · ');
}

function addTyped() {
  const from = $('from').value.trim() ? seconds($('from').value) : 0;
  const to = $('to').value.trim() ? seconds($('to').value) : state.shown.media.durationSeconds ?? NaN;
  wrong = Number.isNaN(from) || Number.isNaN(to) ? 'badTime' : to <= from ? 'badRange' : '';
  $('range-error').textContent = wrong && say(wrong);
  if (wrong) return;
  const { start, end, moved } = wave.snapped({ start: from, end: to });
  tellMoved(moved);
  $('split').value = $('chapter').value = $('from').value = $('to').value = '';
  setRanges([...state.shown.form.ranges, `${written(start)}-${written(end)}`]);
}

on('wave', markRanges);
on('language', () => {
  if ($('range-error').textContent) $('range-error').textContent = say(wrong);
  if ($('moved').textContent) tellMoved(last);
});
on('drawn', ({ ranges, moved }) => { // the outline has marked them already
  state.shown.form.ranges = ranges.map(({ start, end }) => `${written(start)}-${written(end)}`);
  tellMoved(moved);
  showRanges();
  tell('form');
});

$('add-range').onclick = addTyped;
for (const id of ['from', 'to']) onEnter($(id), addTyped);
$('snap').onchange = () => { wave.snapping = $('snap').checked; };
/** One way of choosing a part at a time. */
for (const [id, other] of [['split', 'chapter'], ['chapter', 'split']]) {
  $(id).onchange = () => {
    if ($(id).value) $(other).value = '';
    setRanges($(id).value ? [] : state.shown.form.ranges);
  };
}
for (const id of ['pieceLength', 'pieceSize']) $(id).onchange = () => { showPieces(); tell('form'); };
