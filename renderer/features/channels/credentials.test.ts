import { describe, expect, it } from 'vitest';
import { CREDENTIAL_FORMS } from '#shared/domain/channel-credentials.ts';
import { messages } from '../../locales/messages.ts';
import { cleanCredentials, CONNECTABLE, isComplete } from './credentials.ts';

describe('keys of a channel', () => {
  it('are complete with everything required', () => {
    expect(isComplete('woocommerce', { consumerKey: 'ck_1', consumerSecret: ' ' })).toBe(false);
    expect(isComplete('woocommerce', { consumerKey: 'ck_1', consumerSecret: 'cs_1' })).toBe(true);
  });

  it('are complete with one whole set where one is enough', () => {
    expect(isComplete('shopify', { clientId: 'a' })).toBe(false);
    expect(isComplete('shopify', { clientId: 'a', clientSecret: 'b' })).toBe(true);
    expect(isComplete('shopify', { accessToken: 'c' })).toBe(true);
  });

  it('lose the spaces around them, and the empty ones', () => {
    expect(cleanCredentials({ a: ' x\n', b: '', c: '  ' })).toEqual({ a: 'x' });
  });

  it('have their texts', () => {
    for (const platform of CONNECTABLE) {
      const form = CREDENTIAL_FORMS[platform];
      const ids = [
        `channels.${platform}.keys`,
        form?.addressLabelId ?? '',
        form?.addressHelpId ?? '',
        ...(form?.fields ?? []).flatMap(({ labelId, helpId, choices = [] }) => [
          labelId,
          helpId,
          ...choices.map((choice) => `${labelId}.${choice}`),
        ]),
      ];
      for (const id of ids) expect(messages('en')).toHaveProperty([id]);
    }
  });
});
