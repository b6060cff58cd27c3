import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

const COST = { N: 16_384, r: 8, p: 1 } as const;
const BYTES = 32;

const derive = (pin: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(pin, salt, BYTES, COST, (error, key) => (error ? reject(error) : resolve(key)));
  });

/** `scrypt$salt$key`, both in base64. Off the engine's thread, so that a sign-in holds nobody up. */
export async function hashPin(pin: string): Promise<string> {
  const salt = randomBytes(16);
  return `scrypt$${salt.toString('base64')}$${(await derive(pin, salt)).toString('base64')}`;
}

export async function isPin(pin: string, stored: string): Promise<boolean> {
  const [kind, salt = '', key = ''] = stored.split('$');
  const expected = Buffer.from(key, 'base64');
  if (kind !== 'scrypt' || expected.length !== BYTES) return false;
  return timingSafeEqual(await derive(pin, Buffer.from(salt, 'base64')), expected);
}

/** A badge is a long printed code that is looked up, so its hash has no salt. */
export const hashBadge = (badge: string): string =>
  createHash('sha256').update(`badge:${badge.trim()}`).digest('hex');
