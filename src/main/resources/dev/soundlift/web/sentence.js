// Wishes in a person's own words: the server reads them, and the form shows what was understood.
import { $, onEnter } from './dom.js';
import { writeForm } from './form.js';
import { call } from './link.js';
import { showWave } from './listen.js';
import { markRanges } from './ranges.js';
import { said, state, trackNow } from './state.js';
import { say } from './words.js';

async function read() {
  const text = $('sentence').value.trim();
  if (!text) return;
  const entry = state.shown;
  try {
    const { understood, notUnderstood, contradictions, notDone, form } = await call('POST', '/api/sentence', { text });
    if (entry !== state.shown) return;
    const words = [
      understood.length ? say('understood', understood.join(' · ')) : '',
      notUnderstood.length ? say('notUnderstood', notUnderstood.join(' · ')) : '',
      ...contradictions,
      notDone.length ? say('notDone', notDone.join('; ')) : ''];
    $('understood').textContent = words.filter(Boolean).join(' — ') || say('nothingUnderstood');
    if (!understood.length || contradictions.length) return;
    const before = String(trackNow());
    state.shown.form = form;
    writeForm();
    if (String(trackNow()) !== before) showWave();
    else markRanges();
  } catch (error) {
    if (entry === state.shown) $('understood').textContent = said(error);
  }
}

$('read').onclick = read;
onEnter($('sentence'), read);
