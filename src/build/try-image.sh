#!/bin/sh
# Tries the image as a machine without Java would see it: a bare Debian in a folder (debootstrap), where the .tar.gz is unpacked and
# started, then the .deb installed, used and removed. As root on Debian, after "./mvnw -q -DskipTests -Pimage package".
#
#   src/build/try-image.sh [FOLDER]       FOLDER: the bare Debian, made if it is not there; default: target/bare
set -eu
cd "$(dirname "$0")/../.."
root=${1:-target/bare}
step() { printf '\n== %s\n' "$*"; }
in_root() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 "$@"; }

if [ ! -d "$root/var/lib/dpkg" ]; then
  command -v debootstrap >/dev/null || apt-get -qq install -y debootstrap
  debootstrap --variant=minbase --include=libstdc++6,zlib1g,man-db,bash-completion bookworm "$root" >"target/debootstrap.log"
  rm -f "$root/etc/dpkg/dpkg.cfg.d/"* # nothing is to be left out of packages
fi
mountpoint -q "$root/proc" || mount -t proc proc "$root/proc"
trap 'umount "$root/proc"' EXIT
! in_root sh -c 'command -v java' || { echo "there is a Java"; exit 1; }
cp testdata/media/interview.mkv "$root/root/"
greeting='{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"try","version":"1"}}}'

# usage: use SOUNDLIFT FOLDER
use() {
  in_root "$1" --version
  in_root "$1" /root/interview.mkv -o "/root/$2.mp3" --on-exists overwrite
  in_root "$1" /root/interview.mkv --copy -o "/root/$2.m4a" --on-exists overwrite --quiet
  in_root "$1" doctor
  printf '%s\n' "$greeting" | in_root "$1" mcp --quiet --root /root | cut -c1-160
  # Where the classes come from: the image's archive, not jars
  in_root SOUNDLIFT_JAVA_OPTS=-Xlog:class+load=info:file=/root/classes.txt "$1" tracks /root/interview.mkv >/dev/null
  printf 'classes from the archive: %s, from jars: %s\n' \
    "$(grep -c 'shared objects file' "$root/root/classes.txt")" "$(grep -c 'source: \(file\|jar\):' "$root/root/classes.txt")"
}

step "unpacked from the .tar.gz"
rm -rf "$root/opt/"*
tar -xzf target/soundlift-*.tar.gz -C "$root/opt"
use "/opt/$(ls "$root/opt")/bin/soundlift" unpacked

step "installed from the .deb"
cp target/soundlift_*.deb "$root/root/soundlift.deb"
find "$root" -xdev \( -path "$root/root" -o -path "$root/proc" -o -path "$root/tmp" -o -path "$root/var" \) -prune -o -print | sort >target/before.txt
in_root dpkg -i /root/soundlift.deb
use soundlift installed
in_root man -P cat soundlift | head -12
in_root man -P cat -L zh_CN.UTF-8 soundlift-tracks | head -5
in_root bash -c '. /usr/share/bash-completion/bash_completion; _completion_loader soundlift; complete -p soundlift
  COMP_WORDS=(soundlift --for); COMP_CWORD=1; COMP_LINE="soundlift --for"; COMP_POINT=15; _complete_soundlift; echo "--for completes to: ${COMPREPLY[*]}"'

step "removed"
in_root dpkg -r soundlift
find "$root" -xdev \( -path "$root/root" -o -path "$root/proc" -o -path "$root/tmp" -o -path "$root/var" \) -prune -o -print | sort >target/after.txt
cmp target/before.txt target/after.txt && echo "nothing is left"
