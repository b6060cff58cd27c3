import { expect, test } from 'vitest';
import { CREDENTIAL_FORMS } from '#shared/domain/channel-credentials.ts';
import { writableFields } from '#shared/domain/channel-fields.ts';
import { shopifyConnector } from './connector.ts';

test('the form asks for what the connector takes, and for one complete way in', () => {
  const form = CREDENTIAL_FORMS.shopify;
  const keys = form?.fields.map((field) => field.key) ?? [];
  const taken = [...shopifyConnector.credentialKeys, ...(shopifyConnector.optionalCredentialKeys ?? [])];
  expect(keys.toSorted()).toEqual(taken.toSorted());
  for (const set of form?.oneOf ?? []) expect(keys).toEqual(expect.arrayContaining([...set]));
  const secrets = form?.fields.filter((field) => field.secret).map((field) => field.key);
  expect(secrets).toEqual(['clientSecret', 'accessToken']);
});

test('what can be pushed is what the table of channels says, and what cannot has a reason', () => {
  expect(shopifyConnector.capabilities.writable).toEqual(writableFields('shopify'));
  for (const limit of shopifyConnector.capabilities.limits) expect(limit.reason).toMatch(/^\p{Lu}.{20,}/u);
});
