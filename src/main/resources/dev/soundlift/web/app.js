// The page begins here: its language, its line to the server, and what it had before it was loaded again. Each section
// of it has a room of its own (see the imports of the others); what they share is in state.js.
import './cloud.js';
import { $ } from './dom.js';
import { showMedia } from './file.js';
import { recollect, takePicked } from './files.js';
import { fillChoices, writeForm } from './form.js';
import { endAll, hearAll, heardOfJob, retellJobs, showJobs } from './jobs.js';
import { call, connect, isBack } from './link.js';
import { recall } from './memory.js';
import './plan.js';
import './sentence.js';
import { state, tell } from './state.js';
import { languageNow, say, setLanguage } from './words.js';

function changeLanguage(to) {
  setLanguage(to);
  try { localStorage.setItem('language', to); } catch { /* private windows forget */ }
  $('language').textContent = say('other');
  $('language').lang = to === 'zh' ? 'en' : 'zh';
  $('kept').textContent = state.keepHours ? say('kept', state.keepHours) : '';
  fillChoices();
  if (state.shown) {
    $('wave-state').textContent = say('drag');
    writeForm();
  }
  tell('files');
  retell();
}

/** What the server has said of files and results, in the other language. */
async function retell() {
  await retellJobs();
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

async function begin() {
  const before = isBack ? recall() : []; // what is shown is remembered, and nothing is shown yet
  let remembered = null;
  try { remembered = localStorage.getItem('language'); } catch { /* private windows forget */ }
  const start = await call('GET', '/api/start').catch(() => ({ language: 'en', keepSeconds: 0 }));
  state.keepHours = Math.round(start.keepSeconds / 3600);
  $('cloud-line').hidden = !start.cloud;
  if (start.paths === false) document.querySelector('[for=address]').dataset.words = 'addressAlone';
  changeLanguage(remembered ?? (navigator.language.startsWith('zh') ? 'zh' : start.language));
  await recollect(before);
  connect(heard, () => state.files.some((entry) => entry.jobs.length > 0));
  takePicked();
}

$('language').onclick = () => changeLanguage(languageNow() === 'zh' ? 'en' : 'zh');
begin();
