import { z } from 'zod';
import { download } from '../kit/download.ts';
import { callFailed } from '../kit/failures.ts';
import type { ProductTypeRules } from '../market-data.ts';
import type { AmazonClient } from './client.ts';

const LIMITS = { timeoutMs: 120_000, maxBytes: 64 * 1024 * 1024 };

export const definitionSchema = z.object({
  productType: z.string(),
  displayName: z.string().default(''),
  locale: z.string().default(''),
  productTypeVersion: z.object({ version: z.string() }),
  propertyGroups: z.record(
    z.string(),
    z.object({ title: z.string().default(''), propertyNames: z.array(z.string()).default([]) }),
  ),
  schema: z.object({ link: z.object({ resource: z.string() }), checksum: z.string() }),
});

/**
 * The rules of a product type in the account's marketplace, in its language. The
 * schema itself is fetched only when its checksum is not the known one; null then.
 */
export async function readRules(
  client: AmazonClient,
  productType: string,
  knownChecksum: string | null,
): Promise<ProductTypeRules | null> {
  const { marketplaceId, sellerId } = client.seller;
  const definition = await client.read(
    {
      operation: 'getDefinitionsProductType',
      method: 'GET',
      path: `definitions/2020-09-01/productTypes/${encodeURIComponent(productType)}`,
      query: {
        marketplaceIds: [marketplaceId],
        sellerId,
        requirements: 'LISTING',
        requirementsEnforced: 'ENFORCED',
        locale: 'DEFAULT',
      },
    },
    definitionSchema,
  );
  const { link, checksum } = definition.schema;
  if (checksum === knownChecksum) return null;
  const { bytes } = await download(client.context, new URL(link.resource), LIMITS);
  let schema: unknown;
  try {
    schema = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    const details = { method: 'GET', path: 'getDefinitionsProductType', reason: 'not_json' } as const;
    throw callFailed('CHANNEL_TRANSIENT', `The rules of ${productType} came broken`, details, error);
  }
  const { displayName, propertyGroups, productTypeVersion } = definition;
  const groups = Object.values(propertyGroups).map(({ title, propertyNames }) => ({
    title,
    names: propertyNames,
  }));
  const document = JSON.stringify({ displayName, groups, schema });
  return { version: productTypeVersion.version, checksum, document };
}
