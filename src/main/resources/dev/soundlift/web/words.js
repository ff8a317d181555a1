// Every word that the page shows, in both languages; what the program says of files comes from the server in the same.
export const WORDS = {
  en: {
    other: '中文', stop: '. ', drop: 'Drop your MP4, MOV, AVI, WEBM, or MKV file here',
    'drop-private': 'Nothing is uploaded: the page reads only the parts of the file that hold the sound.',
    'drop-formats': 'Its sound becomes MP3, M4A, Opus, FLAC or WAV, or stays exactly as it is. Any length, many files at once, only the parts you want.',
    pick: 'Choose files', address: 'or the address of a media file, or a path on this computer', addressAlone: 'or the address of a media file', open: 'Open',
    files: 'Files', 'convert-all': 'Convert all', 'as-below': 'Each in the form chosen below; parts and tracks belong to one file.', zip: 'Download all as a zip', track: 'Audio track', sound: 'Sound',
    play: 'Play', pause: 'Pause', zoom: 'Zoom', say: 'Say it',
    'say-label': 'In your own words, for example: second track, from 2 to 5 minutes, 192k mp3', fill: 'Fill in the form',
    stretch: 'Which part', from: 'From', to: 'To', 'add-range': 'Add', chapter: 'Chapter', split: 'Split',
    result: 'What you get', format: 'Format', quality: 'Quality', channels: 'Channels', loudness: 'Loudness',
    preset: 'For', command: 'The same on the command line', copy: 'Copy', convert: 'Convert', results: 'Results',
    local: 'Soundlift works on your computer. No account, no telemetry, nothing from elsewhere.',
    whole: 'All of it', drag: 'Drag over the waveform to choose a part.', remove: 'Remove', removeOf: 'Remove {0}',
    looking: 'looking…', waveLoading: 'drawing… {0} %', waveRough: 'a rough outline first…', offline: 'The connection is lost; trying again…',
    sending: 'sending… {0} %', blocked: 'Something between this page and Soundlift lets no WebSocket through: files are sent to Soundlift whole (and to nobody else).',
    ended: 'Soundlift has ended. Start it again and open the address that it prints.', track1: 'Track {0}', default: 'default',
    chapters: '{0} chapters', cover: 'a cover', noTracks: 'There is no audio in this file.',
    estimate: 'About {0}', estimateMany: 'About {0} in {1} files', unknownSize: 'The length is not known before it is read.',
    waiting: 'waiting', runningFirst: 'converting…', running: '{0} % · {1} left · {2}× real time', runningOpen: '{0} done · {1}× real time', cancel: 'Stop',
    cancelled: 'stopped', failed: 'failed', verified: 'Verified: {0}', silent: 'silent, as its source is',
    isSound: 'sound is there', unheard: 'it cannot be listened to here', identical: 'the same sound, byte for byte', damaged: 'its source is damaged',
    unverified: '{0}, not verified',
    kept: 'Results stay here for {0} hours, unless the disk gets full. Download what you want to keep.', warnings: 'Worth knowing', download: 'Download {0}', listen: 'Listen', level: '{0} LUFS, peak {1} dB',
    understood: 'Understood: {0}', notUnderstood: 'Not understood: {0}', nothingUnderstood: 'None of it was understood.', notDone: 'Not done on the page: {0}', unreachable: 'Soundlift does not answer.', notSent: 'The file did not reach Soundlift. Drop it once more.', mute: 'This cannot be played now.', waveBroken: 'The outline broke off.',
    also_copy: 'not re-encoded', also_rate: '{0} Hz', also_bits: '{0} bit', also_align: 'begins where its own sound begins', also_group: 'tracks {0} as one', also_verify: 'verification: {0}',
    also_strict: 'a warning is a failure', also_id3: 'tags in ID3 {0}', also_coverFrame: 'cover: the picture at {0}', also_chapterList: 'list of chapters ({0})',
    asSource: 'as the source', mono: 'mono', stereo: 'stereo', left: 'left side only', right: 'right side only', auto: 'near the source',
    loudOff: 'as it is', podcast: 'podcast (−16 LUFS)', broadcast: 'broadcast (−23 LUFS)', presetNone: 'no preset',
    presetSpeech: 'transcription (speech)', presetPodcast: 'podcast', presetMusic: 'music', presetArchive: 'archive',
    splitNone: 'one file', splitChapters: 'one file per chapter', splitSilence: 'cut in silences', split10: 'every 10 minutes',
    split30: 'every 30 minutes', read: 'read {0} of {1}', copied: 'Copied', best: 'best', badRange: 'The end must lie after the start.',
    badTime: 'Write times as 90, 1:30 or 1:02:03.5.', ready: 'Ready', job: 'Conversion of {0}', cloud: 'With the cloud…', cloudWords: 'Nothing leaves your machines. If a file does not work here, a service elsewhere can do it.',
    cloudTitle: 'What would be sent', cloudFile: 'For {0}:', cloudAnonymous: 'Nothing has been sent yet. The service sees the file and keeps it as its own terms say. Your answer is for this conversion only.',
    cloudSend: 'Send it and convert', cloudNot: 'Send nothing', noChapter: '—', done: 'done',
    lost: 'Choose this same file again to go on with it', jobGone: 'ended with Soundlift: start it again and convert anew', jobRemoved: 'removed, since its time was over or the disk was full: convert anew',
    snap: 'Snap to chapters and silences', snapWords: 'Edges move to a chapter or a silence nearby, so that no word is cut.',
    moved: '{0} moved to {1} ({2})', silence: 'silence', playOf: 'Play {0}', pieceLength: 'at most', pieceSize: 'and at most', noLimit: 'no limit',
    minutes: '{0} minutes', wordsChapters: 'Each chapter becomes a file that bears its title.', wordsSilence: 'Each stretch of sound between silences becomes a file.',
    wordsLimited: 'As much as fits becomes a file, and cuts are made only in silences: what transcription services with a limit want.',
    wordsLengths: 'Files of equal length; a cut may go through a word.', wordsRanges: 'Each part becomes a file of its own.',
    f_mp3: 'MP3: plays everywhere, smaller with some loss.', f_m4a: 'M4A (AAC): for phones and Apple devices.',
    f_opus: 'Opus: the best sound for few bytes.', f_ogg: 'Ogg with Opus: for players that know .ogg.',
    f_flac: 'FLAC: nothing is lost, about half of WAV.', f_alac: 'ALAC: nothing is lost, for Apple devices.',
    f_wav: 'WAV: plain samples for editing; large.', f_same: 'Untouched: the track as it is in the video, not re-encoded.',
    f_mka: 'Matroska audio.', f_aac: 'Bare AAC (ADTS).', f_pcm: 'Raw samples without a header.', wave: 'Waveform of track {0}',
  },
  zh: {
    other: 'English', stop: '。', drop: '把 MP4、MOV、AVI、WEBM 或 MKV 文件拖到这里',
    'drop-private': '不会上传任何内容：页面只读取文件中含有声音的部分。',
    'drop-formats': '声音可转为 MP3、M4A、Opus、FLAC 或 WAV，也可原样取出。长度不限，可同时处理多个文件，也可只取需要的部分。',
    pick: '选择文件', address: '或媒体文件的网址，或本机上的路径', addressAlone: '或媒体文件的网址', open: '打开', files: '文件', 'convert-all': '全部转换', 'as-below': '每个文件都转成下面选的格式；片段和音轨只属于各自的文件。',
    zip: '打包下载全部（zip）', track: '音轨', sound: '声音', play: '播放', pause: '暂停', zoom: '缩放',
    say: '用一句话说', 'say-label': '用自己的话描述，例如：第二条音轨，2到5分钟，192k mp3', fill: '填入表单', stretch: '哪一部分', from: '从',
    to: '到', 'add-range': '添加', chapter: '章节', split: '切分', result: '得到什么', format: '格式', quality: '质量', channels: '声道',
    loudness: '响度', preset: '用途', command: '等价的命令行', copy: '复制', convert: '转换', results: '结果',
    local: 'Soundlift 在你的电脑上运行。无需账户，没有遥测，不加载任何外部内容。', whole: '全部', drag: '在波形上拖动来选择一部分。',
    remove: '移除', removeOf: '移除 {0}', looking: '正在查看…', waveLoading: '正在绘制… {0} %', waveRough: '先画大致轮廓…', offline: '连接已断开，正在重试…',
    sending: '正在发送… {0} %', blocked: '此页面与 Soundlift 之间的某处不允许 WebSocket：文件会整个发送给 Soundlift（不会发给别人）。',
    ended: 'Soundlift 已结束。请重新启动它，并打开它显示的地址。', track1: '音轨 {0}', default: '默认', chapters: '{0} 个章节',
    cover: '有封面', noTracks: '这个文件里没有声音。', estimate: '约 {0}', estimateMany: '约 {0}，共 {1} 个文件',
    unknownSize: '读完之前不知道长度。', waiting: '等待中', runningFirst: '正在转换…', running: '{0} % · 还需 {1} · {2} 倍速', runningOpen: '已完成 {0} · {1} 倍速',
    cancel: '停止', cancelled: '已停止', failed: '失败', verified: '已验证：{0}', silent: '与来源一样没有声音',
    isSound: '确实有声音', unheard: '这里无法试听', identical: '声音逐字节相同', damaged: '来源有损坏', unverified: '{0}，未验证',
    kept: '结果在这里保留 {0} 小时（磁盘将满时除外）。想留下的请下载。', warnings: '请注意', download: '下载 {0}', listen: '试听', level: '{0} LUFS，峰值 {1} dB', understood: '已理解：{0}',
    notUnderstood: '未理解：{0}', nothingUnderstood: '没有理解这句话。', notDone: '页面上不做：{0}', unreachable: 'Soundlift 没有应答。', notSent: '文件没有送达 Soundlift。请再次拖入。', mute: '现在无法播放。', waveBroken: '波形中断了。',
    also_copy: '不重新编码', also_rate: '{0} Hz', also_bits: '{0} 位', also_align: '从声音本身的起点开始', also_group: '音轨 {0} 合为一体', also_verify: '验证：{0}',
    also_strict: '有警告即算失败', also_id3: 'ID3 {0} 标签', also_coverFrame: '封面取 {0} 的画面', also_chapterList: '章节列表（{0}）',
    asSource: '与来源相同', mono: '单声道', stereo: '立体声',
    left: '只要左声道', right: '只要右声道', auto: '接近来源', loudOff: '保持原样', podcast: '播客（−16 LUFS）', broadcast: '广播（−23 LUFS）',
    presetNone: '不限', presetSpeech: '转写（语音）', presetPodcast: '播客', presetMusic: '音乐', presetArchive: '存档',
    splitNone: '一个文件', splitChapters: '每章一个文件', splitSilence: '在静音处切分', split10: '每 10 分钟', split30: '每 30 分钟',
    read: '读取了 {0}，共 {1}', copied: '已复制', best: '最佳', badRange: '终点必须在起点之后。', badTime: '时间请写成 90、1:30 或 1:02:03.5。',
    ready: '就绪', job: '{0} 的转换', cloud: '用云端转换…', cloudWords: '没有任何内容离开你的机器。若文件在这里无法处理，可以交给别处的服务。',
    cloudTitle: '将会发送什么', cloudFile: '关于 {0}：', cloudAnonymous: '现在还没有发送任何内容。该服务会看到这个文件，并按自己的条款保存。你的答复只对这一次转换有效。',
    cloudSend: '发送并转换', cloudNot: '什么都不发送', noChapter: '—', done: '完成', lost: '请再次选择这个文件以继续', jobGone: '随 Soundlift 一起结束了：请重新启动并再次转换', jobRemoved: '已删除（保留时间已过或磁盘已满）：请再次转换',
    snap: '吸附到章节和静音', snapWords: '边缘会移到附近的章节或静音处，不会切断话语。',
    moved: '{0} 移到 {1}（{2}）', silence: '静音', playOf: '播放 {0}', pieceLength: '最长', pieceSize: '最大', noLimit: '不限',
    minutes: '{0} 分钟', wordsChapters: '每个章节成为一个文件，以章节标题命名。', wordsSilence: '静音之间的每一段声音成为一个文件。',
    wordsLimited: '每个文件装到上限为止，只在静音处切开：适合有大小限制的转写服务。',
    wordsLengths: '每个文件一样长；切口可能落在话语中间。', wordsRanges: '每一部分成为单独的文件。',
    f_mp3: 'MP3：到处都能播放，较小，略有损失。',
    f_m4a: 'M4A（AAC）：适合手机和苹果设备。', f_opus: 'Opus：同样大小音质最好。', f_ogg: 'Ogg（Opus）：适合认识 .ogg 的播放器。',
    f_flac: 'FLAC：毫无损失，约为 WAV 的一半。', f_alac: 'ALAC：毫无损失，适合苹果设备。', f_wav: 'WAV：原始采样，便于编辑，较大。',
    f_same: '原样：视频里的音轨本身，不重新编码。', f_mka: 'Matroska 音频。', f_aac: '裸 AAC（ADTS）。', f_pcm: '没有文件头的原始采样。',
    wave: '音轨 {0} 的波形',
  },
};

let language = 'en';

export function setLanguage(wanted) {
  language = WORDS[wanted] ? wanted : 'en';
  document.documentElement.lang = language === 'zh' ? 'zh-Hans' : 'en';
  for (const element of document.querySelectorAll('[data-words]')) element.textContent = say(element.dataset.words);
}

export const languageNow = () => language;

export function say(key, ...values) {
  const words = WORDS[language][key] ?? key;
  return words.replace(/\{(\d)\}/g, (_, number) => values[Number(number)] ?? '');
}

/** Of a code as files have it ("ger"), in the language of the page; the code itself where nobody knows it. */
export function languageName(code) {
  if (!code || code === 'und') return '';
  try { return new Intl.DisplayNames(document.documentElement.lang, { type: 'language' }).of(code); } catch { return code; }
}

const CODECS = { opus: 'Opus', vorbis: 'Vorbis', truehd: 'TrueHD', ac3: 'AC-3', eac3: 'E-AC-3', wmav2: 'WMA 2', wmapro: 'WMA Pro' };

/** As people write it. */
export const codecName = (name) => CODECS[name] ?? name.replace(/_.*/, '').toUpperCase();

/** 1:02:03.5: without needless zeros, to the millisecond. */
export function clock(seconds) {
  const millis = Math.max(0, Math.round(seconds * 1000));
  const h = Math.floor(millis / 3_600_000), m = Math.floor(millis / 60_000) % 60, s = Math.floor(millis / 1000) % 60;
  const rest = millis % 1000 ? '.' + String(millis % 1000).padStart(3, '0').replace(/0+$/, '') : '';
  const two = (number) => String(number).padStart(2, '0');
  return (h ? `${h}:${two(m)}` : m) + `:${two(s)}${rest}`;
}

export function size(bytes) {
  const units = ['B', 'kB', 'MB', 'GB'];
  let value = bytes, unit = 0;
  while (value >= 1000 && unit < 3) { value /= 1000; unit++; }
  return `${value < 10 && unit ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** Seconds of "90", "1:30", "1:02:03.5"; NaN where it is none. */
export function seconds(text) {
  const parts = text.trim().split(':');
  if (!text.trim() || parts.length > 3 || parts.some((part) => !/^\d+(\.\d+)?$/.test(part))) return NaN;
  return parts.reduce((sum, part) => sum * 60 + Number(part), 0);
}
