import { expect, test } from 'vitest';
import { CREDENTIAL_FORMS } from '#shared/domain/channel-credentials.ts';
import { writableFields } from '#shared/domain/channel-fields.ts';
import { amazonConnector } from './connector.ts';

test('the form asks for what the connector takes', () => {
  const fields = CREDENTIAL_FORMS.amazon?.fields ?? [];
  const required = fields.filter((field) => !field.optional).map((field) => field.key);
  expect(required.toSorted()).toEqual([...amazonConnector.credentialKeys].toSorted());
  const optional = fields.filter((field) => field.optional).map((field) => field.key);
  expect(optional).toEqual(amazonConnector.optionalCredentialKeys);
  expect(fields.filter((field) => field.secret).map((field) => field.key)).toEqual([
    'clientSecret',
    'refreshToken',
  ]);
});

test('what can be pushed is what the table of channels says, and what cannot has a reason', () => {
  expect(amazonConnector.capabilities.writable).toEqual(writableFields('amazon'));
  for (const limit of amazonConnector.capabilities.limits) expect(limit.reason).toMatch(/^\p{Lu}.{20,}/u);
});
