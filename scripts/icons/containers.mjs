// The icon files of Windows and macOS: PNG images with a table in front. Pure.

/**
 * ICO: a 6-byte header, a 16-byte entry for each image, then the images.
 * @param {readonly (readonly [number, Buffer])[]} images size in pixels (at most 256) and PNG
 */
export function icoFile(images) {
  const header = Buffer.alloc(6 + 16 * images.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.length, 4);
  let offset = header.length;
  images.forEach(([size, png], index) => {
    const at = 6 + 16 * index;
    // 256 does not fit a byte and is written as 0.
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([header, ...images.map(([, png]) => png)]);
}

/** Types of the ICNS entries that hold a PNG, and its size (some sizes twice: once as a retina image). */
const ICNS_TYPES = [
  ['icp4', 16],
  ['ic11', 32],
  ['icp5', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
];

/**
 * ICNS: `icns`, total length, then type, length and PNG of each image (big-endian,
 * lengths with their 8 bytes of header).
 * @param {ReadonlyMap<number, Buffer>} images PNG by size in pixels
 */
export function icnsFile(images) {
  const chunk = (type, data) => {
    const header = Buffer.alloc(8);
    header.write(type, 'latin1');
    header.writeUInt32BE(data.length + 8, 4);
    return Buffer.concat([header, data]);
  };
  const chunks = ICNS_TYPES.filter(([, size]) => images.has(size)).map(([type, size]) =>
    chunk(type, images.get(size)),
  );
  return chunk('icns', Buffer.concat(chunks));
}
