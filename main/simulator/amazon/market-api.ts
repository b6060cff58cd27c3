import { createHash } from 'node:crypto';
import { invalidInput, notFound } from './api-error.ts';
import { entriesAt, numberOf, offerAt } from './attribute-values.ts';
import { productTypeSchema } from './product-type-schema.ts';
import type { ListingRow } from './rows.ts';
import type { Store } from './store.ts';

interface Money {
  readonly amount: number;
  readonly currencyCode: string;
}

const OK = { statusCode: 200, reasonPhrase: 'Success' };

/** What Amazon says about prices, fees and rules. Somebody else is in the buy box of every third page. */
export class MarketApi {
  private readonly store: Store;
  private readonly url: () => string;

  constructor(store: Store, url: () => string) {
    this.store = store;
    this.url = url;
  }

  competitiveSummary(text: string): unknown {
    const { requests } = JSON.parse(text) as { requests: { asin: string; marketplaceId: string }[] };
    if (requests.length > 20) throw invalidInput('requests must be 20 at most');
    return { responses: requests.map(({ asin }) => this.summary(asin)) };
  }

  expectedPrices(text: string): unknown {
    const { requests } = JSON.parse(text) as { requests: { sku: string; marketplaceId: string }[] };
    if (requests.length > 40) throw invalidInput('requests must be 40 at most');
    return { responses: requests.map((request) => this.expectedPrice(request)) };
  }

  fees(text: string): unknown {
    const requests = JSON.parse(text) as {
      IdType: string;
      IdValue: string;
      FeesEstimateRequest: {
        Identifier: string;
        PriceToEstimateFees: { ListingPrice: { Amount: number; CurrencyCode: string } };
      };
    }[];
    if (requests.length > 20) throw invalidInput('requests must be 20 at most');
    return requests.map(({ IdType, IdValue, FeesEstimateRequest }) => {
      const { Amount, CurrencyCode } = FeesEstimateRequest.PriceToEstimateFees.ListingPrice;
      const fee = { CurrencyCode, Amount: Math.round(Amount * 15) / 100 };
      const known = this.store.listings.has(IdValue);
      const { Identifier, ...asked } = FeesEstimateRequest;
      return {
        Status: known ? 'Success' : 'ClientError',
        FeesEstimateIdentifier: { ...asked, IdType, IdValue, SellerInputIdentifier: Identifier },
        ...(known
          ? {
              FeesEstimate: {
                TimeOfFeesEstimation: new Date(this.store.now()).toISOString(),
                TotalFeesEstimate: fee,
                FeeDetailList: [{ FeeType: 'ReferralFee', FeeAmount: fee, FinalFee: fee }],
              },
            }
          : {}),
      };
    });
  }

  productType(name: string, query: URLSearchParams): unknown {
    if (!query.get('marketplaceIds')?.includes(this.store.settings.marketplaceId))
      throw invalidInput('marketplaceIds');
    const names = new Set([...this.store.listings.values()].map((row) => row.productType));
    if (!names.has(name)) throw notFound(`Product type ${name}`);
    const text = this.schemaText();
    return {
      schema: {
        link: { resource: `${this.url()}/product-type-schemas/${name}`, verb: 'GET' },
        checksum: createHash('md5').update(text).digest('base64'),
      },
      requirements: 'LISTING',
      requirementsEnforced: 'ENFORCED',
      propertyGroups: {
        product_identity: { title: 'Product Identity', propertyNames: ['item_name', 'brand'] },
        product_details: {
          title: 'Product Details',
          propertyNames: ['material', 'number_of_items', 'care_instructions', 'country_of_origin'],
        },
        safety_and_compliance: {
          title: 'Safety & Compliance',
          propertyNames: ['batteries_required', 'batteries_included'],
        },
      },
      locale: this.store.settings.language,
      marketplaceIds: [this.store.settings.marketplaceId],
      productType: name,
      displayName: name.toLowerCase().replace(/_/g, ' '),
      productTypeVersion: { version: 'SIM1', latest: true, releaseCandidate: false },
    };
  }

  schemaText(): string {
    return JSON.stringify(productTypeSchema());
  }

  private summary(asin: string): unknown {
    const row = [...this.store.listings.values()].find((candidate) => candidate.asin === asin);
    const { marketplaceId } = this.store.settings;
    const price = row ? this.priceOf(row) : null;
    if (!row || price === null) {
      const errors = [{ code: 'InvalidInput', message: 'The ASIN is not known.', details: '' }];
      return {
        status: { statusCode: 400, reasonPhrase: 'Bad Request' },
        body: { asin, marketplaceId, errors },
      };
    }
    const featured = this.offer(row, price);
    return {
      status: OK,
      body: {
        asin,
        marketplaceId,
        featuredBuyingOptions: [
          {
            buyingOptionType: 'New',
            segmentedFeaturedOffers: [
              {
                ...featured,
                featuredOfferSegments: [
                  { customerMembership: 'NON_PRIME', segmentDetails: { glanceViewWeightPercentage: 100 } },
                ],
              },
            ],
          },
        ],
        lowestPricedOffers: [
          {
            lowestPricedOffersInput: { itemCondition: 'New', offerType: 'Consumer' },
            offers: [featured],
          },
        ],
        referencePrices: [{ name: 'CompetitivePrice', price }],
      },
    };
  }

  private offer(row: ListingRow, price: Money): Record<string, unknown> {
    const lost = this.isLost(row);
    return {
      sellerId: lost ? 'A3OTHERSELLER' : this.store.settings.sellerId,
      condition: 'New',
      fulfillmentType: 'MFN',
      listingPrice: lost ? this.less(price) : price,
      shippingOptions: [{ shippingOptionType: 'DEFAULT', price: { ...price, amount: 0 } }],
    };
  }

  private expectedPrice({ sku, marketplaceId }: { sku: string; marketplaceId: string }): unknown {
    const row = this.store.listings.get(sku);
    const price = row ? this.priceOf(row) : null;
    const head = { request: { sku, marketplaceId }, headers: {} };
    if (!row || price === null) {
      const errors = [{ code: 'INVALID_SKU', message: 'The SKU is not known.' }];
      return { ...head, status: { statusCode: 400, reasonPhrase: 'Client Error' }, body: { errors } };
    }
    const { sellerId } = this.store.settings;
    const result = this.isLost(row)
      ? {
          resultStatus: 'VALID_FOEP',
          featuredOfferExpectedPrice: { listingPrice: this.less(this.less(price)) },
        }
      : { resultStatus: 'NO_COMPETING_OFFERS' };
    return {
      ...head,
      status: OK,
      body: {
        offerIdentifier: { asin: row.asin, sku, marketplaceId, fulfillmentType: 'MFN', sellerId },
        featuredOfferExpectedPriceResults: [result],
      },
    };
  }

  private isLost(row: ListingRow): boolean {
    return Number.parseInt(row.asin.slice(-2), 16) % 3 === 0;
  }

  private less(price: Money): Money {
    return { ...price, amount: Math.round(price.amount * 95) / 100 };
  }

  private priceOf(row: ListingRow): Money | null {
    const amount = numberOf(offerAt(row, 'our_price')?.['value_with_tax']);
    const [offer] = entriesAt(row, 'purchasable_offer');
    const currencyCode = typeof offer?.['currency'] === 'string' ? offer['currency'] : 'EUR';
    return amount === null ? null : { amount, currencyCode };
  }
}
