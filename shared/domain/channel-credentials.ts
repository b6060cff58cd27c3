import type { Platform } from './platforms.ts';

/** One field of the form that connects a channel. */
export interface CredentialField {
  /** Name under which the connector takes it. */
  readonly key: string;
  /** Message ids; texts are in the locales. */
  readonly labelId: string;
  readonly helpId: string;
  /** Shown as dots and never sent back to a window. */
  readonly secret: boolean;
  readonly optional: boolean;
  /** When only these values make sense; the first is what an empty field means. */
  readonly choices?: readonly string[];
}

export interface CredentialForm {
  /** Message ids for the address of the shop or API. */
  readonly addressLabelId: string;
  readonly addressHelpId: string;
  readonly fields: readonly CredentialField[];
  /** Sets of optional fields of which at least one has to be complete. */
  readonly oneOf?: readonly (readonly string[])[];
  /** For sellers without access to the API: what is asked instead, and how the address begins. */
  readonly byFiles?: {
    readonly choiceId: string;
    readonly leadId: string;
    readonly addressLabelId: string;
    readonly addressHelpId: string;
    readonly addressStart: string;
  };
}

const field = (
  platform: Platform,
  key: string,
  options: Partial<Pick<CredentialField, 'secret' | 'optional' | 'choices'>> = {},
): CredentialField => ({
  key,
  labelId: `channels.${platform}.${key}`,
  helpId: `channels.${platform}.${key}.help`,
  secret: false,
  optional: false,
  ...options,
});

const addressOf = (platform: Platform): Pick<CredentialForm, 'addressLabelId' | 'addressHelpId'> => ({
  addressLabelId: `channels.${platform}.address`,
  addressHelpId: `channels.${platform}.address.help`,
});

/** What a person has to enter to connect a channel, one entry a platform. */
export const CREDENTIAL_FORMS: Readonly<Partial<Record<Platform, CredentialForm>>> = {
  woocommerce: {
    ...addressOf('woocommerce'),
    fields: [field('woocommerce', 'consumerKey'), field('woocommerce', 'consumerSecret', { secret: true })],
  },
  shopify: {
    ...addressOf('shopify'),
    fields: [
      field('shopify', 'clientId', { optional: true }),
      field('shopify', 'clientSecret', { optional: true, secret: true }),
      field('shopify', 'accessToken', { optional: true, secret: true }),
      field('shopify', 'locationId', { optional: true }),
      field('shopify', 'notifyCustomers', { optional: true, choices: ['yes', 'no'] }),
    ],
    oneOf: [['clientId', 'clientSecret'], ['accessToken']],
  },
  amazon: {
    ...addressOf('amazon'),
    fields: [
      field('amazon', 'sellerId'),
      field('amazon', 'marketplaceId'),
      field('amazon', 'clientId'),
      field('amazon', 'clientSecret', { secret: true }),
      field('amazon', 'refreshToken', { secret: true }),
      field('amazon', 'secretIssuedAt', { optional: true }),
    ],
  },
  etsy: {
    ...addressOf('etsy'),
    fields: [
      field('etsy', 'keystring'),
      field('etsy', 'sharedSecret', { secret: true }),
      field('etsy', 'refreshToken', { optional: true, secret: true }),
      field('etsy', 'shopId', { optional: true }),
    ],
    byFiles: {
      choiceId: 'channels.etsy.files',
      leadId: 'channels.etsy.files.lead',
      addressLabelId: 'channels.etsy.files.address',
      addressHelpId: 'channels.etsy.files.address.help',
      addressStart: 'https://www.etsy.com/shop/',
    },
  },
};
