import { expect, it } from 'vitest';
import { icnsFile, icoFile } from './containers.mjs';

it('writes an ICO whose table finds each image', () => {
  const images: [number, Buffer][] = [
    [16, Buffer.from('small')],
    [256, Buffer.from('large one')],
  ];
  const file: Buffer = icoFile(images);
  expect(file.readUInt16LE(2)).toBe(1);
  expect(file.readUInt16LE(4)).toBe(2);
  images.forEach(([size, png], index) => {
    const at = 6 + 16 * index;
    expect(file.readUInt8(at)).toBe(size === 256 ? 0 : size);
    const offset = file.readUInt32LE(at + 12);
    expect(file.subarray(offset, offset + file.readUInt32LE(at + 8))).toEqual(png);
  });
});

it('writes an ICNS whose lengths add up', () => {
  const file: Buffer = icnsFile(
    new Map([
      [16, Buffer.from('16')],
      [256, Buffer.from('256!')],
    ]),
  );
  expect(file.toString('latin1', 0, 4)).toBe('icns');
  expect(file.readUInt32BE(4)).toBe(file.length);
  const found: [string, string][] = [];
  for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) {
    const end = at + file.readUInt32BE(at + 4);
    found.push([file.toString('latin1', at, at + 4), file.toString('latin1', at + 8, end)]);
  }
  expect(found).toEqual([
    ['icp4', '16'],
    ['ic13', '256!'],
    ['ic08', '256!'],
  ]);
});
