import { describe, expect, it } from 'vitest';
import { CREDENTIAL_FORMS } from './channel-credentials.ts';
import { MAX_REDACTED_TEXT, redactSecrets } from './redact-secrets.ts';

const VALUE = 'Xy7-plain.value/with+signs=';
const secretKeys = Object.values(CREDENTIAL_FORMS).flatMap((form) =>
  form.fields.filter(({ secret }) => secret).map(({ key }) => key),
);

describe('secrets by name', () => {
  it('are known for every channel that is connected with entered keys', () => {
    expect(secretKeys).toEqual(
      expect.arrayContaining(['consumerSecret', 'clientSecret', 'accessToken', 'refreshToken']),
    );
  });

  it.each([
    ...new Set([...secretKeys, 'consumerKey', 'access_token', 'Client-Secret', 'api_key', 'password']),
  ])('%s leaves no form of itself', (key) => {
    const json = JSON.stringify({ a: 1, [key]: VALUE, b: 'kept' });
    const forms = [
      json,
      JSON.stringify({ message: json }),
      JSON.stringify({ message: JSON.stringify({ inner: json }) }),
      `https://shop.example/?${key}=${VALUE}&page=2`,
      `${key}: ${VALUE}`,
      `{ ${key}: '${VALUE}' }`,
      JSON.stringify({ [key]: `with "quotes" and \\ ${VALUE}` }),
    ];
    for (const form of forms) {
      const clean = redactSecrets(form);
      expect(clean).not.toContain('plain.value');
      expect(clean).toContain('[redacted]');
    }
    expect(redactSecrets(forms[0] ?? '')).toContain('"b":"kept"');
    expect(redactSecrets(forms[3] ?? '')).toContain('page=2');
  });
});

it.each([
  'ck_0123456789abcdef0123456789abcdef01234567',
  'cs_0123456789abcdef0123456789abcdef01234567',
  'Atza|IwEBIJedGXjDqsU_vMxykqOMg',
  'Atzr|IwEBIMJCkOaBFeZn-zwPRUIiDs',
  'amzn1.oa2-cs.v1.0a1b2c3d4e5f',
  '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',
  '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',
  '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',
  '12345678.jKBPLnOiYt7vpWlsny_lDKqINn4Ny_jwH89hA4IZgggyzqmV_bmQHGJ3HOHH2DmZ',
  'Bearer abcdef.0123456',
  'Basic Y2tfMTIzOmNzXzEyMw==',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P',
])('%s is known by its form', (token) => {
  for (const text of [token, `failed with ${token}, tried again`, JSON.stringify({ detail: [token] })]) {
    expect(redactSecrets(text)).not.toContain(token.slice(-8));
  }
});

it('takes keys out of addresses and headers and leaves other text alone', () => {
  expect(redactSecrets('https://me:hush@shop.example/a')).toBe('https://[redacted]@shop.example/a');
  expect(redactSecrets('{"Authorization":"Digest hush","n":1}')).toBe('{"Authorization":"[redacted]","n":1}');
  const plain =
    '{"at":"2026-11-24T21:00:00.000Z","level":"info","message":"pulled 12 orders of SKU-00012 for 19.99 EUR","secretIssuedAt":"2026-01-01","id":"018f3c1e-7a55-7cc1-9d0a-0123456789ab"}';
  expect(redactSecrets(plain)).toBe(plain);
});

it('cuts what is too long, and a secret at the cut with it', () => {
  const text = `${'x'.repeat(MAX_REDACTED_TEXT - 30)}{"accessToken":"hush-hush-hush-hush"}`;
  const clean = redactSecrets(text);
  expect(clean.length).toBeLessThan(text.length);
  expect(clean).not.toContain('hush');
});
