// The page begins here: its language, its line to the server, and what it had before it was loaded again. Each section
// of it has a room of its own (see the imports of the others); what they share is in state.js.
import './cloud.js';
import { $ } from './dom.js';
import { showMedia } from './file.js';
import { recollect, retellErrors, takePicked } from './files.js';
import { fillChoices, writeForm } from './form.js';
import { endAll, hearAll, heardOfJob, retellJobs, showJobs } from './jobs.js';
import { call, connect, isBack } from './link.js';
import { recall } from './memory.js';
import './plan.js';
import './sentence.js';
import { on, state, tell } from './state.js';
import { languageNow, say, setLanguage } from './words.js';

function changeLanguage(to) {
  setLanguage(to);
  $('language').textContent = say('other');
  $('language').lang = languageNow() === 'zh' ? 'en' : 'zh';
  $('kept').textContent = state.keepHours ? say('kept', state.keepHours) : '';
  fillChoices();
  if (state.shown) {
    $('wave-state').textContent = say('drag');
    writeForm();
  }
  tell('files');
  tell('language');
  retell();
}

/** What the server has said of files and results, in the other language. */
async function retell() {
  await Promise.all([retellJobs(), retellErrors()]);
  for (const entry of state.files) {
    if (entry.media) entry.media = await call('GET', `/api/inputs/${entry.id}${entry.listened ? '' : '?quick=1'}`).catch(() => entry.media);
    if (entry !== state.shown) continue;
    showMedia();
    showJobs();
    tell('form');
  }
  tell('files');
}

let hasEnded = false;

/** Of the line to the server, or of a job. */
async function heard(news) {
  if (news.type === 'job') heardOfJob(news);
  if (news.type === 'turn') await hearAll();
  if (news.type !== 'line') return;
  if (news.ended) {
    hasEnded = true;
    $('line').textContent = say('ended');
    endAll();
  } else if (news.open || !hasEnded) {
    $('line').textContent = news.open ? '' : say(news.blocked ? 'blocked' : 'offline');
  }
  if (news.open) {
    hasEnded = false;
    tell('back');
  }
  $('line').className = news.open || news.blocked ? '' : 'error';
}

let isIntroduced = false;

/** What the server says of itself; asked again when the line is there, where no answer came. */
async function introduce() {
  if (isIntroduced) return;
  let chosen = null;
  try { chosen = localStorage.getItem('language'); } catch { /* private windows forget */ }
  const start = await call('GET', '/api/start').catch(() => null);
  isIntroduced = start !== null;
  state.keepHours = Math.round((start?.keepSeconds ?? 0) / 3600);
  $('cloud-line').hidden = !start?.cloud;
  document.querySelector('[for=address]').dataset.words = start?.paths === false ? 'addressAlone' : 'address';
  changeLanguage(chosen ?? (navigator.language.startsWith('zh') ? 'zh' : start?.language));
}

on('back', introduce);

async function begin() {
  const before = isBack ? recall() : []; // what is shown is remembered, and nothing is shown yet
  await introduce();
  await recollect(before);
  connect(heard, () => state.files.some((entry) => entry.jobs.length > 0));
  takePicked();
}

$('language').onclick = () => {
  changeLanguage(languageNow() === 'zh' ? 'en' : 'zh');
  try { localStorage.setItem('language', languageNow()); } catch { /* private windows forget */ }
};
begin();
