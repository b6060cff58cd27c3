// `node scripts/icons.mjs CHROMIUM`: draws resources/icons from icon.svg. Only
// needed after the drawing changed; the results are part of the repository.
import { readFileSync, writeFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { icnsFile, icoFile } from './icons/containers.mjs';
import { inRoot } from './paths.mjs';

const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

const executablePath = process.argv[2];
if (executablePath === undefined) {
  console.error('name a Chromium to draw with: node scripts/icons.mjs /usr/bin/chromium');
  process.exit(1);
}

const folder = inRoot('resources', 'icons');
const svg = readFileSync(`${folder}/icon.svg`, 'utf8');
const browser = await chromium.launch({ executablePath, args: ['--disable-gpu'] });
const images = new Map();
try {
  const page = await browser.newPage();
  for (const size of SIZES) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(
      `<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
    );
    images.set(size, await page.screenshot({ omitBackground: true }));
  }
} finally {
  await browser.close();
}
for (const [size, png] of images) writeFileSync(`${folder}/${size}x${size}.png`, png);
writeFileSync(
  `${folder}/icon.ico`,
  icoFile([16, 24, 32, 48, 64, 128, 256].map((size) => [size, images.get(size)])),
);
writeFileSync(`${folder}/icon.icns`, icnsFile(images));
console.log(`drew ${SIZES.length} sizes, icon.ico and icon.icns`);
