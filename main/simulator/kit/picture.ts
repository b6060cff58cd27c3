import { crc32, deflateSync } from 'node:zlib';

const SIZE = 96;

/**
 * A small PNG that stands for a product's photo: a disc on a tinted ground, in
 * colours that follow from `key`, so that the same product always looks the same.
 */
export function picture(key: string): Buffer {
  const hue = crc32(key) % 360;
  const ground = colour(hue, 0.28, 0.9);
  const shade = colour(hue, 0.42, 0.52);
  const light = colour(hue, 0.45, 0.64);
  const square = crc32(`${key}/shape`) % 2 === 0;
  const rows = Buffer.alloc(SIZE * (1 + SIZE * 3));
  for (let y = 0; y < SIZE; y += 1) {
    for (let x = 0; x < SIZE; x += 1) {
      const inside = square ? inSquare(x, y) : inDisc(x, y);
      const [red, green, blue] = inside ? (x + y < SIZE ? light : shade) : ground;
      const at = y * (1 + SIZE * 3) + 1 + x * 3;
      rows[at] = red;
      rows[at + 1] = green;
      rows[at + 2] = blue;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIZE, 0);
  header.writeUInt32BE(SIZE, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function inDisc(x: number, y: number): boolean {
  return (x - SIZE / 2) ** 2 + (y - SIZE / 2) ** 2 < (SIZE * 0.34) ** 2;
}

function inSquare(x: number, y: number): boolean {
  return Math.abs(x - SIZE / 2) < SIZE * 0.3 && Math.abs(y - SIZE / 2) < SIZE * 0.3;
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** HSL to RGB, 0 to 255 each. */
function colour(hue: number, saturation: number, lightness: number): [number, number, number] {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const part = (offset: number): number => {
    const k = (offset + hue / 30) % 12;
    return Math.round(255 * (lightness - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [part(0), part(8), part(4)];
}
