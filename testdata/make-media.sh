#!/usr/bin/env bash
#
# Makes the test media in media/ next to this script.
#
# Needs: bash, ffmpeg (with libx264, libvpx, libopus, libvorbis, libmp3lame),
#        espeak-ng, mkvpropedit (mkvtoolnix), perl, coreutils.
# Tested with Debian 12: ffmpeg 5.1, espeak-ng 1.51, mkvtoolnix 74.
#
# Everything is generated: speech by espeak-ng, pictures and tones by ffmpeg's
# own sources, exact samples by perl. No date, no random number and no path gets
# into a file, so the same program versions make the same bytes again.
#
# README.md says what is in every file.

set -euo pipefail
export LC_ALL=C.UTF-8 TZ=UTC

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=$here/media
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

max_file=300000     # bytes, every single file
max_total=3000000   # bytes, all files together

# ---------------------------------------------------------------- helpers ----

ff() { ffmpeg -nostdin -hide_banner -loglevel error -y "$@"; }

# exact: no version strings, no random ids. One thread: no dependence on the
# number of processor cores. No metadata but what is given by hand.
exact=(-bitexact -threads 1)

# A tiny test picture with a running counter. No B-frames, so that video starts
# at its very first time stamp and does not push the audio back.
h264=(-c:v libx264 -preset veryslow -crf 40 -bf 0 -pix_fmt yuv420p)
picture() { # SECONDS [RATE] -> ffmpeg input arguments in $pic
  pic=(-f lavfi -i "testsrc=size=160x90:rate=${2:-2}:duration=$1")
}

say() { # FILE VOICE WORDS_PER_MINUTE TEXT -> 22.05 kHz mono WAV
  espeak-ng -v "$2" -s "$3" -w "$1" "$4"
}

# Joins spoken lines into one section of exactly SECONDS: half a second of
# silence, the lines with short pauses between them, silence to the end.
section() { # OUT SECONDS LINE.wav...
  local target=$1 seconds=$2 inputs=(-f lavfi -t 0.5 -i anullsrc=r=22050:cl=mono)
  local filter='[0]' n=1 f
  shift 2
  for f in "$@"; do
    inputs+=(-i "$f" -f lavfi -t 0.4 -i anullsrc=r=22050:cl=mono)
    filter+="[$n][$((n + 1))]"
    n=$((n + 2))
  done
  ff "${inputs[@]}" -filter_complex "${filter}concat=n=$n:v=0:a=1" \
    -c:a pcm_s16le -bitexact "$work/section.wav"
  local bytes limit
  bytes=$(stat -c %s "$work/section.wav")
  limit=$((seconds * 22050 * 2 + 44))
  if ((bytes > limit)); then
    echo "${target##*/}: the spoken text has $((bytes / 44100)) s, more than $seconds s" >&2
    exit 1
  fi
  ff -i "$work/section.wav" -af "apad=whole_len=$((seconds * 22050))" \
    -c:a pcm_s16le -bitexact "$target"
}

join() { # OUT A.wav B.wav C.wav
  ff -i "$2" -i "$3" -i "$4" -filter_complex 'concat=n=3:v=0:a=1' \
    -c:a pcm_s16le -bitexact "$1"
}

# Raw little-endian samples from a perl expression: PERL_CODE sees $i (index of
# the sample frame) and returns one integer per channel.
raw() { # FORMAT(s16|s32) FRAMES PERL_CODE > FILE
  perl -e '
    my ($format, $frames, $code) = @ARGV;
    my $sample = eval "sub { my \$i = shift; $code }" or die $@;
    my $pattern = $format eq "s16" ? "s<*" : "l<*";
    binmode STDOUT;
    print pack($pattern, $sample->($_)) for 0 .. $frames - 1;
  ' "$1" "$2" "$3"
}

# ------------------------------------------------------- shared ingredients ----

make_shared() {
  # Eight seconds of plain speech for the files that just need some.
  say "$work/line.wav" en-gb 150 \
    'The light turns once in twelve seconds. Between two turns there is only the sea.'
  section "$work/speech.wav" 8 "$work/line.wav"

  # A lighthouse at night, the cover of the interview (JPEG).
  ff -f lavfi -i "color=c=0x16305a:s=240x240:r=1:d=1" -frames:v 1 -vf "
      drawbox=x=180:y=24:w=28:h=28:c=0xf4e9b0:t=fill,
      drawbox=x=0:y=180:w=240:h=60:c=0x0b6b7a:t=fill,
      drawbox=x=40:y=170:w=130:h=30:c=0x4a4038:t=fill,
      drawbox=x=80:y=80:w=50:h=90:c=0xf2f2f2:t=fill,
      drawbox=x=80:y=96:w=50:h=16:c=0xc62828:t=fill,
      drawbox=x=80:y=128:w=50:h=16:c=0xc62828:t=fill,
      drawbox=x=86:y=56:w=38:h=24:c=0xffe14d:t=fill,
      drawbox=x=80:y=46:w=50:h=10:c=0xc62828:t=fill,
      drawbox=x=0:y=62:w=86:h=12:c=0xffe14d@0.45:t=fill,
      drawbox=x=124:y=62:w=116:h=12:c=0xffe14d@0.45:t=fill" \
    -c:v mjpeg -q:v 4 -pix_fmt yuvj420p -threads 1 -bitexact -f image2 -update 1 "$work/cover.jpg"

  # A record with a red label, the cover of the song (PNG).
  ff -f lavfi -i "color=c=white:s=160x160:r=1:d=1" -frames:v 1 -vf "
      format=gray,
      geq=lum='if(lt(hypot(X-80,Y-80),5),255,if(lt(hypot(X-80,Y-80),26),120,if(lt(hypot(X-80,Y-80),74),if(lt(mod(hypot(X-80,Y-80),8),1.5),60,16),255)))',
      format=rgb24,
      lutrgb=r='if(eq(val,120),200,val)':g='if(eq(val,120),30,val)':b='if(eq(val,120),40,val)'" \
    -c:v png -threads 1 -bitexact -f image2 -update 1 "$work/cover.png"
}

# ------------------------------------------------------------ the interview ----

# The big one: three audio tracks in three codecs and two languages, chapters,
# tags, a cover. For track choice, cutting by chapter, tags with any character.
interview_mkv() {
  local en="$work/en" de="$work/de" co="$work/co"

  say "$en-1.wav" en-gb+f2 155 'Good evening, and welcome. I am Ada, and beside me sits the last keeper of the lighthouse.'
  say "$en-2.wav" en-us+m3 145 'Good evening, Ada. Please call me Ben.'
  say "$en-3.wav" en-gb+f2 155 'Ben, you lived on that rock for thirty one years.'
  say "$en-4.wav" en-us+m3 145 'Thirty one years, and one very long winter.'
  section "$en-a.wav" 20 "$en"-[1-4].wav
  say "$en-5.wav" en-gb+f2 155 'Here is the question everybody wants to ask. Were you ever afraid?'
  say "$en-6.wav" en-us+m3 140 'Only once. The lamp went out, and for the first time I could hear how big the sea is.'
  say "$en-7.wav" en-gb+f2 155 'What did you do?'
  say "$en-8.wav" en-us+m3 140 'I sang. Very badly, and very loud, until the morning.'
  section "$en-b.wav" 20 "$en"-[5-8].wav
  say "$en-9.wav" en-gb+f2 155 'And today? The lamp is electric, and the rock is empty.'
  say "$en-10.wav" en-us+m3 145 'The light still turns. I can see it from my kitchen. I count to twelve, and then I sleep.'
  say "$en-11.wav" en-gb+f2 155 'Ben, thank you very much. Good night, everybody.'
  section "$en-c.wav" 20 "$en-9.wav" "$en-10.wav" "$en-11.wav"
  join "$work/english.wav" "$en"-[abc].wav

  say "$de-1.wav" de+f2 155 'Guten Abend und herzlich willkommen. Ich bin Ada, und neben mir sitzt der letzte Leuchtturmwärter.'
  say "$de-2.wav" de+m3 150 'Guten Abend, Ada. Sagen Sie bitte Ben.'
  say "$de-3.wav" de+f2 155 'Ben, Sie haben einunddreißig Jahre auf dem Felsen gelebt.'
  say "$de-4.wav" de+m3 150 'Einunddreißig Jahre und einen sehr langen Winter.'
  section "$de-a.wav" 20 "$de"-[1-4].wav
  say "$de-5.wav" de+f2 155 'Nun die Frage, die alle stellen möchten. Hatten Sie jemals Angst?'
  say "$de-6.wav" de+m3 150 'Nur einmal. Die Lampe ging aus, und zum ersten Mal hörte ich, wie groß das Meer ist.'
  say "$de-7.wav" de+f2 155 'Was haben Sie getan?'
  say "$de-8.wav" de+m3 150 'Gesungen. Sehr schlecht und sehr laut, bis zum Morgen.'
  section "$de-b.wav" 20 "$de"-[5-8].wav
  say "$de-9.wav" de+f2 155 'Und heute? Die Lampe ist elektrisch, und der Felsen ist leer.'
  say "$de-10.wav" de+m3 150 'Das Licht dreht sich noch. Ich sehe es aus meiner Küche. Ich zähle bis zwölf, und dann schlafe ich.'
  say "$de-11.wav" de+f2 155 'Ben, vielen Dank. Gute Nacht, liebe Hörer.'
  section "$de-c.wav" 20 "$de-9.wav" "$de-10.wav" "$de-11.wav"
  join "$work/german.wav" "$de"-[abc].wav

  say "$co-1.wav" en-us+m7 150 'This is the director speaking. We had one microphone, one lamp, and a great deal of rain. You can nearly hear it in this first shot.'
  section "$co-a.wav" 20 "$co-1.wav"
  say "$co-2.wav" en-us+m7 150 'The question was not in the script. Ada simply asked it, and I forgot to say cut. I am glad that I did.'
  section "$co-b.wav" 20 "$co-2.wav"
  say "$co-3.wav" en-us+m7 150 'The end. We waited four nights for a clear sky, so that one could count the turns of the light. Twelve seconds. He was right.'
  section "$co-c.wav" 20 "$co-3.wav"
  join "$work/commentary.wav" "$co"-[abc].wav

  cat > "$work/interview.txt" <<'META'
;FFMETADATA1
title=The Lighthouse Keeper
artist=Ada & Ben
date=2024-05-17
comment=Recorded by the sea 🌊 在海边录制

[CHAPTER]
TIMEBASE=1/1
START=0
END=20
title=Opening

[CHAPTER]
TIMEBASE=1/1
START=20
END=40
title=The question

[CHAPTER]
TIMEBASE=1/1
START=40
END=60
title=Closing – 结束
META

  picture 60 1
  ff "${pic[@]}" -i "$work/english.wav" -i "$work/german.wav" -i "$work/commentary.wav" \
    -f ffmetadata -i "$work/interview.txt" \
    -map 0:v -map 1:a -map 2:a -map 3:a -map_metadata 4 -map_chapters 4 \
    "${h264[@]}" -crf 45 -g 20 \
    -c:a:0 aac -ac:a:0 1 -b:a:0 18k \
    -c:a:1 libopus -ac:a:1 1 -b:a:1 8k -frame_duration 60 -application voip \
    -c:a:2 libmp3lame -ac:a:2 1 -ar:a:2 16000 -b:a:2 8k \
    -metadata:s:a:0 language=eng -metadata:s:a:0 title='Interview' -disposition:a:0 default \
    -metadata:s:a:1 language=ger -metadata:s:a:1 title='Deutsch' -disposition:a:1 0 \
    -metadata:s:a:2 language=eng -metadata:s:a:2 title="Director's commentary" -disposition:a:2 comment \
    -attach "$work/cover.jpg" -metadata:s:t mimetype=image/jpeg -metadata:s:t filename=cover.jpg \
    "${exact[@]}" "$out/interview.mkv"
}

# ------------------------------------------------- where videos come from ----

# A telephone's film: AAC in MOV, a recording date, place, maker, turned picture.
phone_mov() {
  picture 4 5
  ff "${pic[@]}" -i "$work/speech.wav" \
    -f lavfi -i 'sine=frequency=523.25:sample_rate=44100:duration=4' \
    -filter_complex '[1:a]aresample=44100,atrim=duration=4[l];[2:a]volume=0.5[r];[l][r]join=inputs=2:channel_layout=stereo[a]' \
    -map 0:v -map '[a]' "${h264[@]}" -c:a aac -b:a 64k "${exact[@]}" "$work/phone.mov"
  # The rotation can only be set while copying. 270 here is what players call
  # "turn by 90 degrees clockwise", a telephone held upright.
  ff -i "$work/phone.mov" -map 0 -c copy -metadata:s:v:0 rotate=270 \
    -movflags use_metadata_tags \
    -metadata creation_time=2024-06-01T10:20:30Z \
    -metadata com.apple.quicktime.creationdate=2024-06-01T12:20:30+0200 \
    -metadata com.apple.quicktime.location.ISO6709=+54.1803+007.8894+010.000/ \
    -metadata com.apple.quicktime.make=Example \
    -metadata com.apple.quicktime.model='Phone 7' \
    -metadata com.apple.quicktime.software=17.5 \
    "${exact[@]}" "$out/phone.mov"
}

# A screen recorder's film: VP8 + Opus. Left 440 Hz, right 880 Hz, so swapped or
# mixed channels can be seen.
screencast_webm() {
  picture 6 5
  ff "${pic[@]}" -f lavfi -i 'aevalsrc=0.4*sin(2*PI*440*t)|0.4*sin(2*PI*880*t):s=48000:d=6' \
    -c:v libvpx -b:v 40k -crf 40 -pix_fmt yuv420p -c:a libopus -b:a 96k "${exact[@]}" "$out/screencast.webm"
}

# An old camera: MJPEG and PCM in AVI. Exactly 66150 sample frames.
camera_avi() {
  ff -f lavfi -i 'testsrc=size=80x60:rate=2:duration=3' \
    -f lavfi -i 'aevalsrc=0.5*sin(2*PI*300*t)|0.5*sin(2*PI*500*t):s=22050:d=3' \
    -c:v mjpeg -q:v 12 -pix_fmt yuvj420p -c:a pcm_s16le "${exact[@]}" "$out/camera.avi"
}

# MP3 in AVI, constant bit rate: can be copied out without a decoder.
radio_avi() {
  picture 4
  ff "${pic[@]}" -i "$work/speech.wav" -t 4 -c:v mpeg4 -q:v 20 -pix_fmt yuv420p \
    -c:a libmp3lame -ar 44100 -ac 2 -b:a 64k \
    -avoid_negative_ts disabled "${exact[@]}" "$out/radio.avi"
}

# The ordinary MP4 with all the usual tags and a cover picture.
song_mp4() {
  picture 5
  ff "${pic[@]}" \
    -f lavfi -i 'aevalsrc=0.3*sin(2*PI*220*t)*exp(-2*mod(t\,0.5))+0.2*sin(2*PI*330*t)|0.3*sin(2*PI*277.18*t)*exp(-2*mod(t\,0.5))+0.2*sin(2*PI*330*t):s=48000:d=5' \
    -i "$work/cover.png" -map 0:v -map 1:a -map 2:v \
    "${h264[@]}" -c:v:1 copy -disposition:v:1 attached_pic -c:a aac -b:a 96k \
    -metadata title='Blue Harbour' -metadata artist='The Tide Tables' -metadata album='Songs for Boats' \
    -metadata album_artist='Various Sailors' -metadata genre='Folk' -metadata track=3/9 \
    -metadata date=2019 -metadata comment='Mixed in a shed' \
    "${exact[@]}" "$out/song.mp4"
}

# Windows Media Audio without any picture.
old_wma() {
  ff -i "$work/speech.wav" -t 2 -c:a wmav2 -ar 44100 -ac 2 -b:a 64k \
    -metadata title='Old recording' "${exact[@]}" "$out/old.wma"
}

# --------------------------------------------------------- exact samples ----

# Another sine on every channel at -12 dBFS: FL 200, FR 300, FC 400, LFE 50,
# BL 600, BR 700 Hz. For channel order and downmix.
surround_mkv() {
  local a=0.251188643
  picture 1
  ff "${pic[@]}" \
    -f lavfi -i "aevalsrc=$a*sin(2*PI*200*t)|$a*sin(2*PI*300*t)|$a*sin(2*PI*400*t)|$a*sin(2*PI*50*t)|$a*sin(2*PI*600*t)|$a*sin(2*PI*700*t):c=5.1:s=48000:d=1" \
    "${h264[@]}" -c:a flac -sample_fmt s16 -compression_level 12 "${exact[@]}" "$out/surround.mkv"
}

# 24 bits at 96 kHz; a sine plus noise in the lowest 7 bits, so that cutting to
# 16 bits loses something that can be measured.
hires_mkv() {
  raw s32 96000 '
    our $x //= 1;
    my @s;
    for my $hz (1000, 1500) {
      $x = ($x * 1103515245 + 12345) & 0x7fffffff;
      my $noise = (($x >> 16) & 127) - 64;
      push @s, (int(2097152 * sin(2 * 3.14159265358979 * $hz * $i / 96000)) + $noise) * 256;
    }
    @s' > "$work/hires.s32"
  picture 1
  ff "${pic[@]}" -f s32le -ar 96000 -ac 2 -i "$work/hires.s32" \
    "${h264[@]}" -c:a flac -sample_fmt s32 -bits_per_raw_sample 24 -compression_level 12 \
    "${exact[@]}" "$out/hires.mkv"
}

# Digital silence but for single samples at known places, the very first and
# the very last sample among them. For cutting and for "not a sample lost".
# 1.5 s and not more because PCM must stay below the size limit.
clicks() {
  raw s16 72000 '
    (((grep { $i == $_ } 0, 1000, 24000, 48000, 71999) ? 20000 : 0),
     ((grep { $i == $_ } 500, 36000) ? -15000 : 0))' > "$work/clicks.s16"
  local type
  picture 1.5
  for type in mkv mov; do
    ff "${pic[@]}" -f s16le -ar 48000 -ac 2 -i "$work/clicks.s16" \
      "${h264[@]}" -crf 51 -c:a pcm_s16le "${exact[@]}" "$out/clicks.$type"
  done
}

# Professional PCM: 24 bits in MOV.
pcm24_mov() {
  raw s32 24000 'map { 256 * int(4194304 * sin(2 * 3.14159265358979 * $_ * $i / 48000)) } 440, 660' > "$work/pcm24.s32"
  picture 0.5
  ff "${pic[@]}" -f s32le -ar 48000 -ac 2 -i "$work/pcm24.s32" \
    "${h264[@]}" -c:a pcm_s24le "${exact[@]}" "$out/pcm24.mov"
}

# Floating point samples beyond full scale on the left (1.5), in range on the
# right (0.5): does a conversion clip or scale?
float_wav() {
  ff -f lavfi -i 'aevalsrc=1.5*sin(2*PI*441*t)|0.5*sin(2*PI*441*t):s=44100:d=0.5' \
    -c:a pcm_f32le "${exact[@]}" "$out/float.wav"
}

# The simplest audio file there is: 1 kHz at -3 dBFS.
tone_wav() {
  ff -f lavfi -i 'aevalsrc=0.707945784*sin(2*PI*1000*t):s=44100:d=1' \
    -c:a pcm_s16le "${exact[@]}" "$out/tone.wav"
}

# ------------------------------------------------------ timing and silence ----

# Sound that starts half a second after the picture: once by an edit list (MP4),
# once by time stamps (Matroska). The tone starts at once at full level.
late() {
  local sound=(-f lavfi -i 'sine=frequency=1000:duration=2.5:sample_rate=24000')
  picture 3 5
  ff "${pic[@]}" -itsoffset 0.5 "${sound[@]}" -map 0:v -map 1:a \
    "${h264[@]}" -c:a aac -ar 48000 -b:a 48k -movie_timescale 48000 "${exact[@]}" "$work/late.mp4"
  # ffmpeg's list says: nothing until the first of the 1024 priming samples, then
  # everything. Say it as others do: nothing for 0.5 s, then from sample 1024 on.
  perl -0777 -pe '
    my $old = pack("N*", 2, 24000 - 1024, 0xffffffff, 0x10000, 120000 + 1024, 0, 0x10000);
    my $new = pack("N*", 2, 24000, 0xffffffff, 0x10000, 120000, 1024, 0x10000);
    s/(elst\0{4})\Q$old\E/$1$new/ == 1 or die "late.mp4: edit list not found\n"' \
    "$work/late.mp4" > "$out/late.mp4"
  ff "${pic[@]}" -itsoffset 0.5 "${sound[@]}" -map 0:v -map 1:a \
    "${h264[@]}" -c:a pcm_s16le "${exact[@]}" "$out/late.mkv"
}

# A video without any sound.
nosound_mp4() {
  picture 2
  ff "${pic[@]}" "${h264[@]}" "${exact[@]}" "$out/nosound.mp4"
}

# A sound track in which there is nothing: digital silence.
silent_mp4() {
  picture 4
  ff "${pic[@]}" -f lavfi -i 'anullsrc=r=48000:cl=stereo' -t 4 \
    "${h264[@]}" -c:a aac -b:a 64k "${exact[@]}" "$out/silent.mp4"
}

# Nearly nothing: speech with its peak at about -62 dBFS. Not silent.
quiet_webm() {
  local peak
  peak=$(ffmpeg -nostdin -hide_banner -i "$work/speech.wav" -t 4 -af volumedetect -f null - 2>&1 |
    sed -n 's/.*max_volume: \(.*\) dB/\1/p')
  picture 4
  ff "${pic[@]}" -i "$work/speech.wav" -t 4 \
    -af "aresample=48000:osf=flt,volume=$(perl -e 'printf "%.1f", -62 - $ARGV[0]' -- "$peak")dB:precision=float" \
    -c:v libvpx -b:v 20k -pix_fmt yuv420p -c:a libopus -b:a 32k "${exact[@]}" "$out/quiet.webm"
}

# The default track is silent, the sound is in the other one.
halfsilent_mkv() {
  picture 4
  ff "${pic[@]}" -f lavfi -i 'anullsrc=r=44100:cl=mono' -i "$work/speech.wav" -t 4 \
    -map 0:v -map 1:a -map 2:a "${h264[@]}" -c:a aac -ar 44100 -b:a 48k \
    -metadata:s:a language=eng -disposition:a:0 default -disposition:a:1 0 \
    "${exact[@]}" "$out/halfsilent.mkv"
}

# ------------------------------------------------------------ broken files ----

cut_to() { # PERCENT IN OUT
  head -c "$(($(stat -c %s "$2") * $1 / 100))" "$2" > "$3"
}

# Downloads that stopped at 60 %. The MP4 and the MKV can be read up to the cut,
# the third file has lost its index (moov) and cannot be read at all.
truncated_and_broken() {
  local whole=("${h264[@]}" -c:a aac -ar 48000 -b:a 64k "${exact[@]}")
  picture 6
  ff "${pic[@]}" -i "$work/speech.wav" -t 6 "${whole[@]}" -movflags +faststart "$work/first.mp4"
  ff "${pic[@]}" -i "$work/speech.wav" -t 6 "${whole[@]}" "$work/last.mp4"
  ff "${pic[@]}" -i "$work/speech.wav" -t 6 "${whole[@]}" "$work/whole.mkv"
  cut_to 60 "$work/first.mp4" "$out/truncated.mp4"
  cut_to 60 "$work/whole.mkv" "$out/truncated.mkv"
  cut_to 60 "$work/last.mp4" "$out/broken.mp4"
}

# Things that are called .mp4 and are none: text, nothing, noise.
not_media() {
  printf '%s\n' 'This is a text file.' 'Somebody gave it the wrong name.' > "$out/text.mp4"
  : > "$out/empty.mp4"
  perl -e 'binmode STDOUT; my $x = 20240517;
    for (1 .. 65536) { $x = ($x * 1103515245 + 12345) & 0x7fffffff; print chr(($x >> 16) & 255) }' > "$out/noise.mp4"
}

# ------------------------------------------------------------- audio files ----

# Files that are audio already: nothing to take out, much to convert.
vbr_mp3() {
  # Without -bitexact for the container, so that the LAME header names the encoder.
  ff -i "$work/speech.wav" -t 5 -map_metadata -1 -c:a libmp3lame -q:a 6 -ar 44100 \
    -id3v2_version 3 -write_xing 1 \
    -metadata title='海上的灯塔' -metadata artist='艾达' -metadata album='声音' -metadata date=2021 \
    "$out/vbr.mp3"
}

speech_flac() {
  ff -i "$work/speech.wav" -t 5 -c:a flac -compression_level 12 \
    -metadata title='Spoken words' -metadata artist='Ada' "${exact[@]}" "$out/speech.flac"
}

speech_ogg() {
  ff -i "$work/speech.wav" -t 5 -c:a libvorbis -q:a 2 \
    -metadata title='Spoken words' -metadata artist='Ada' "${exact[@]}" "$out/speech.ogg"
}

# ------------------------------------------------------- cinema's own codecs ----

# AC-3 5.1 with another sine on every channel, like surround.mkv but lossy.
ac3_mkv() {
  picture 2
  ff "${pic[@]}" \
    -f lavfi -i 'aevalsrc=0.25*sin(2*PI*200*t)|0.25*sin(2*PI*300*t)|0.25*sin(2*PI*400*t)|0.25*sin(2*PI*50*t)|0.25*sin(2*PI*600*t)|0.25*sin(2*PI*700*t):c=5.1:s=48000:d=2' \
    "${h264[@]}" -c:a ac3 -b:a 256k "${exact[@]}" "$out/ac3.mkv"
}

# DTS stereo: a codec that few containers besides Matroska take.
dts_mkv() {
  picture 1
  ff "${pic[@]}" -f lavfi -i 'aevalsrc=0.4*sin(2*PI*440*t)|0.4*sin(2*PI*880*t):s=48000:d=1' \
    "${h264[@]}" -c:a dca -strict -2 -b:a 384k "${exact[@]}" "$out/dts.mkv"
}

# ------------------------------------------------------ names and languages ----

# Tags somebody wrote to do harm: path climbing, line break, terminal escapes,
# HTML, format strings, shell text, bell, reversed text; a reserved file name;
# an album of dots and blanks; a comment of 2000 characters.
tags_evil_mp4() {
  local title=$'../../etc/x\n\e[31mred <script>alert(1)</script> %s {0} $(touch pwned) `id` "quoted" \'single\' ; | & \a\b\t\r \u202egpj.exe'
  local long
  long=$(perl -e 'print "long " x 400')
  picture 1
  ff "${pic[@]}" -f lavfi -i 'sine=frequency=440:sample_rate=44100:duration=1' \
    "${h264[@]}" -c:a aac -b:a 48k \
    -metadata title="$title" -metadata artist='Ж 日本 🎵' -metadata album=' ... ' \
    -metadata genre='CON' -metadata comment="$long" \
    "${exact[@]}" "$out/tags-evil.mp4"
}

# Twelve audio tracks; track number n (from 1) plays 200 + 50 n Hz. Opus and AAC
# in turn. Languages in all spellings, some unknown (und), one element missing,
# two tracks that cannot be told apart by name, one title with a slash.
many_mkv() {
  local languages=(eng eng jpn chi fre fra ger kor ara '' '' DELETE)
  local titles=('Main' 'Main' '日本語' '中文' 'Français' '' 'Ton/Regie: 2' '한국어' 'العربية' '' 'No language' '')
  local inputs=() args=() n codec
  for n in {1..12}; do
    inputs+=(-f lavfi -i "sine=frequency=$((200 + 50 * n)):sample_rate=48000:duration=1")
    codec=libopus
    ((n % 2)) || codec=aac
    args+=(-map "$n:a" "-c:a:$((n - 1))" "$codec" "-disposition:a:$((n - 1))" 0)
    case ${languages[n - 1]} in
      '' | DELETE) ;;
      *) args+=("-metadata:s:a:$((n - 1))" "language=${languages[n - 1]}") ;;
    esac
    [[ -z ${titles[n - 1]} ]] || args+=("-metadata:s:a:$((n - 1))" "title=${titles[n - 1]}")
  done
  picture 1
  ff "${pic[@]}" "${inputs[@]}" -map 0:v "${args[@]}" "${h264[@]}" -b:a 24k \
    -disposition:a:0 default "${exact[@]}" "$out/many.mkv"
  # ffmpeg always writes a language. Without the element it means English.
  mkvpropedit --quiet "$out/many.mkv" --edit track:a12 --delete language
}

# --------------------------------------------------------------------- main ----

check_sizes() {
  local f size total=0
  for f in "$out"/*; do
    size=$(stat -c %s "$f")
    total=$((total + size))
    if ((size >= max_file)); then
      echo "too large: ${f##*/} has $size bytes, the limit is $max_file" >&2
      exit 1
    fi
  done
  if ((total >= max_total)); then
    echo "too large: all files together have $total bytes, the limit is $max_total" >&2
    exit 1
  fi
  echo "$(find "$out" -type f | wc -l) files, $total bytes"
}

mkdir -p "$out"
make_shared
interview_mkv
phone_mov
screencast_webm
camera_avi
radio_avi
song_mp4
old_wma
surround_mkv
hires_mkv
clicks
pcm24_mov
float_wav
tone_wav
late
nosound_mp4
silent_mp4
quiet_webm
halfsilent_mkv
truncated_and_broken
not_media
vbr_mp3
speech_flac
speech_ogg
ac3_mkv
dts_mkv
tags_evil_mp4
many_mkv
check_sizes
