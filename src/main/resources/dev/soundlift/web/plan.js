// What would become of the form's wishes: size, warnings, the equal command line, or why it cannot be done.
import { $ } from './dom.js';
import { call } from './link.js';
import { on, said, state, tell } from './state.js';
import { say, size } from './words.js';

/** Whoever types goes on typing. */
const PAUSE_MILLIS = 150;

let planning = 0;
let pause;

async function plan() {
  const entry = state.shown, number = ++planning;
  if (!entry || entry.media.tracks.length === 0) return;
  const { form } = entry;
  let planned = null, problem = '';
  try {
    planned = await call('POST', `/api/inputs/${entry.id}/plan`, form);
  } catch (error) {
    problem = said(error);
  }
  if (number !== planning || entry !== state.shown) return;
  $('plan-error').textContent = problem;
  $('convert').disabled = !planned;
  $('estimate').textContent = planned ? estimate(planned) : '';
  $('command').textContent = planned ? 'soundlift ' + planned.commandLine.map(quoted).join(' ') : '';
  if (!planned) return;
  const { outputs } = planned;
  $('why').textContent = outputs[0]?.track?.why ?? '';
  if (form.tracks.every((track) => /^\d+$/.test(track))) return;
  const taken = new Set(outputs.map((output) => String(output.track?.number))); // by language or title: now it is known which these are
  for (const box of $('track-list').querySelectorAll('input')) box.checked = taken.has(box.value);
}

function estimate({ outputs, estimatedBytes }) {
  const about = estimatedBytes ? say(outputs.length > 1 ? 'estimateMany' : 'estimate', size(estimatedBytes), outputs.length) : say('unknownSize');
  return [about, ...new Set(outputs.flatMap((output) => output.warnings ?? []))].join(' · ');
}

const quoted = (word) => (/^[\w./:+=,@%-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

on('back', () => tell('form'));
on('form', () => {
  if (!state.shown) return;
  clearTimeout(pause);
  pause = setTimeout(plan, PAUSE_MILLIS);
});

$('copy').onclick = async () => {
  getSelection().selectAllChildren($('command'));
  try { await navigator.clipboard.writeText($('command').textContent); $('copy').textContent = say('copied'); } catch { /* it is selected: Ctrl-C copies it */ }
  setTimeout(() => { $('copy').textContent = say('copy'); }, 2000);
};
