// Wishes in a person's own words: the server reads them, and the form shows what was understood.
import { $, onEnter } from './dom.js';
import { writeForm } from './form.js';
import { call } from './link.js';
import { showWave } from './listen.js';
import { markRanges } from './ranges.js';
import { on, said, state, trackNow } from './state.js';
import { say } from './words.js';

let asked = '';

/** How it is understood is shown; nothing comes back where that is no form, or another file is looked at by now. */
async function understand(text) {
  const entry = state.shown;
  asked = text;
  try {
    const { understood, notUnderstood, contradictions, notDone, form } = await call('POST', '/api/sentence', { text });
    if (entry !== state.shown) return null;
    const words = [
      understood.length ? say('understood', understood.join(' · ')) : '',
      notUnderstood.length ? say('notUnderstood', notUnderstood.join(' · ')) : '',
      ...contradictions,
      notDone.length ? say('notDone', notDone.join('; ')) : ''];
    $('understood').textContent = words.filter(Boolean).join(' — ') || say('nothingUnderstood');
    return understood.length && !contradictions.length ? form : null;
  } catch (error) {
    if (entry === state.shown) $('understood').textContent = said(error);
    return null;
  }
}

async function read() {
  const text = $('sentence').value.trim();
  const form = text && await understand(text);
  if (!form) return;
  const before = String(trackNow());
  state.shown.form = form;
  writeForm();
  if (String(trackNow()) !== before) showWave();
  else markRanges();
}

on('language', () => { if ($('understood').textContent) understand(asked); });

$('read').onclick = read;
onEnter($('sentence'), read);
