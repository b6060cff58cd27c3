import { CREDENTIAL_FORMS } from './channel-credentials.ts';

/** Names, besides those that people enter, under which channels and libraries carry secrets. */
const OTHER_NAMES = [
  'consumerKey',
  'accessToken',
  'refreshToken',
  'idToken',
  'clientSecret',
  'sharedSecret',
  'apiKey',
  'codeVerifier',
  'authorizationCode',
  'password',
  'passphrase',
  'secret',
  'xAmzAccessToken',
  'xShopifyAccessToken',
];

/** `accessToken` as it is written anywhere: access_token, Access-Token, accessToken. */
const spelled = (name: string): string => name.replace(/[A-Z]/g, (letter) => `[_-]?${letter}`);

const NAMES = [
  ...new Set([
    ...Object.values(CREDENTIAL_FORMS).flatMap((form) =>
      form.fields.filter(({ secret }) => secret).map(({ key }) => key),
    ),
    ...OTHER_NAMES,
  ]),
].map(spelled);

// A quote may be escaped, once or more often, when JSON was put into a text of JSON.
const QUOTE = '\\\\*["\']';
const NAMED = new RegExp(
  `((?:${NAMES.join('|')})(?:${QUOTE})?\\s*[:=]\\s*)(?:"(?:[^"\\\\]|\\\\.)*(?:"|$)|\\\\+".*?(?:\\\\+"|$)|'[^']*'|[^\\s"',;&}\\])]+)`,
  'gi',
);
const AUTHORIZATION = new RegExp(
  `(authorization(?:${QUOTE})?\\s*[:=]\\s*(?:${QUOTE})?)[^"'\\\\,}\\r\\n]+`,
  'gi',
);

/** Secrets that show by their form, wherever they stand. */
const SHAPES = [
  // WooCommerce
  /\b(?:ck|cs)_[0-9a-z]{8,}/gi,
  // Login with Amazon: tokens, client secrets, authorisation codes
  /\bAtz[a-z]\|[\w.|/+=-]+/g,
  /\bamzn1\.oa2-cs\.v\d\.\w+/g,
  // Shopify
  /\bshp[a-z]{2}_[\w-]+/g,
  // Etsy: the number of the user, a point, the token
  /\b\d{4,}\.[A-Za-z0-9_-]{24,}/g,
  /\b(?:Bearer|Basic)\s+[\w.~+/=|:-]{6,}/gi,
  // Signed tokens
  /\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g,
];
const IN_ADDRESS = /(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@"']+@/gi;

export const REDACTED = '[redacted]';

/** Longest text that is looked through; what is longer is cut, so that a log line costs little. */
export const MAX_REDACTED_TEXT = 20_000;

/** The text without keys and tokens; what the log keeps of a message, whatever put them there. */
export function redactSecrets(text: string): string {
  const cut = text.length > MAX_REDACTED_TEXT ? `${text.slice(0, MAX_REDACTED_TEXT)}…` : text;
  const named = cut
    .replace(AUTHORIZATION, `$1${REDACTED}`)
    .replace(NAMED, `$1${REDACTED}`)
    .replace(IN_ADDRESS, `$1${REDACTED}@`);
  return SHAPES.reduce((clean, shape) => clean.replace(shape, REDACTED), named);
}
