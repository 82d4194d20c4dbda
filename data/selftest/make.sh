#!/bin/sh
# SPDX-License-Identifier: CC0-1.0
# Makes the four photos that "inbetween-cli selftest" feeds itself, in the folder of this script.
# Debian: imagemagick libheif-examples libimage-exiftool-perl
set -eu
cd "$(dirname "$0")"
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT

# shown upright, 96 x 144: red, green; blue, yellow
convert -size 48x72 xc:'#d02020' xc:'#20a040' +append "$made/above.png"
convert -size 48x72 xc:'#2040c0' xc:'#e0c020' +append "$made/below.png"
convert "$made/above.png" "$made/below.png" -append -strip "PNG24:$made/upright.png"

# a phone held upright stores its picture on its side: orientation 6 says "turn it clockwise to look at it"
convert "$made/upright.png" -rotate -90 -quality 90 -sampling-factor 1x1 "$made/turned.jpg"
exiftool -q -n -Orientation=6 -o "$made/orientation-6.jpg" "$made/turned.jpg"

# as print shops keep it: inverted by Adobe's rule, without a profile
convert -size 48x72 xc:'cmyk(0,255,255,0)' xc:'cmyk(255,0,255,0)' +append -colorspace CMYK "$made/above.tif"
convert -size 48x72 xc:'cmyk(255,255,0,0)' xc:'cmyk(0,0,255,0)' +append -colorspace CMYK "$made/below.tif"
convert "$made/above.tif" "$made/below.tif" -append -strip -quality 90 -sampling-factor 1x1 "$made/cmyk.jpg"

heif-enc -q 90 -o "$made/phone.heic" "$made/upright.png" > /dev/null
# a shade between the shades of 8 bits, so that nothing writes it with fewer
convert "$made/upright.png" -evaluate add 100 -type TrueColor -depth 16 -compress zip "$made/sixteen-bit.tif"

cp "$made/orientation-6.jpg" "$made/cmyk.jpg" "$made/phone.heic" "$made/sixteen-bit.tif" .
