import type { Random } from '../../kit/random.ts';
import { slugOf } from '../render-product.ts';
import type { ImageRow, ProductRow, Sellable, TermRow, VariationRow } from '../rows.ts';
import { statusOfStock } from '../write-product.ts';
import { CATEGORIES, GOODS, SERIES, TAGS, type Goods } from './goods.ts';

const DAY = 86_400;

export interface Catalogue {
  readonly products: ProductRow[];
  readonly variations: VariationRow[];
  readonly categories: TermRow[];
  readonly tags: TermRow[];
}

/** The sample shop's goods: `listings` sellable variants, of which about two thirds are variations. */
export function seedCatalogue(
  random: Random,
  listings: number,
  baseSecond: number,
  newId: () => number,
): Catalogue {
  const categories = CATEGORIES.map((name, index): TermRow => ({ id: 15 + index, name, slug: slugOf(name) }));
  const tags = TAGS.map((name, index): TermRow => ({ id: 40 + index, name, slug: slugOf(name) }));
  const products: ProductRow[] = [];
  const variations: VariationRow[] = [];
  let left = listings;
  for (let index = 0; left > 0; index += 1) {
    const maker = new ProductMaker(random, index, baseSecond, newId);
    const options = maker.combinations();
    const chosen = options.length <= left ? options : [];
    const { product, parts } = maker.make(chosen, categories, tags);
    products.push(product);
    for (const part of parts) variations.push(part);
    left -= Math.max(1, chosen.length);
  }
  return { products, variations, categories, tags };
}

type Choice = VariationRow['options'];

class ProductMaker {
  private readonly random: Random;
  private readonly goods: Goods;
  private readonly series: string;
  private readonly material: string;
  private readonly number: number;
  private readonly base: number;
  private readonly newId: () => number;

  constructor(random: Random, index: number, baseSecond: number, newId: () => number) {
    this.random = random;
    this.goods = GOODS[index % GOODS.length] as Goods;
    const round = Math.floor(index / GOODS.length);
    this.series = SERIES[(round * 7 + (index % GOODS.length)) % SERIES.length] as string;
    this.material = this.goods.materials[
      Math.floor(round / SERIES.length) % this.goods.materials.length
    ] as string;
    this.number = index + 1;
    this.base = baseSecond;
    this.newId = newId;
  }

  combinations(): Choice[] {
    return this.goods.options
      .reduce<Choice[]>(
        (all, { name, values }) =>
          all.flatMap((choice) => values.map((option) => [...choice, { name, option }])),
        [[]],
      )
      .filter((choice) => choice.length > 0);
  }

  make(
    choices: readonly Choice[],
    categories: readonly TermRow[],
    tags: readonly TermRow[],
  ): { product: ProductRow; parts: VariationRow[] } {
    const { random, goods } = this;
    const id = this.newId();
    const edition = Math.floor((this.number - 1) / (GOODS.length * SERIES.length * goods.materials.length));
    const name = `${this.series} ${this.material} ${goods.noun}${edition > 0 ? ` No. ${edition + 1}` : ''}`;
    const slug = `${slugOf(name)}${edition > 0 ? '' : `-${this.number}`}`;
    const code = `${goods.code}-${String(this.number).padStart(4, '0')}`;
    const price = random.int(goods.price[0] / 10, goods.price[1] / 10) * 10;
    const variable = choices.length > 0;
    const own = this.sellable(id, variable ? `${code}-P` : code, price);
    const product: ProductRow = {
      kind: 'product',
      ...own,
      ...(variable
        ? {
            sku: '',
            gtin: '',
            regularPrice: '',
            salePrice: '',
            saleFrom: null,
            saleTo: null,
            manageStock: false,
            stock: null,
            lowStock: null,
          }
        : {}),
      type: variable ? 'variable' : 'simple',
      name,
      slug,
      description: `<p>The ${name} is ${goods.use}.</p>\n<p>${this.material}, made to be used every day.</p>`,
      shortDescription: `<p>${this.material} ${goods.noun.toLowerCase()}, ${goods.use}.</p>`,
      featured: random.chance(0.04),
      visibility: 'visible',
      categories: categories.filter((term) => term.name === goods.category).map((term) => term.id),
      tags: tags.filter(() => random.chance(0.12)).map((term) => term.id),
      images: random.chance(0.97) ? [this.image(slug, name)] : [],
      attributes: goods.options.map(({ name, values }) => ({ name, options: values })),
      variations: [],
      totalSales: random.int(0, 240),
      status: random.chance(0.03) ? 'draft' : 'publish',
      trashedFrom: null,
    };
    const parts = choices.map((options, index) => this.variation(product, options, index, code, price));
    if (variable) {
      product.variations = parts.map((part) => part.id);
      product.stockStatus = parts.some((part) => part.stockStatus === 'instock') ? 'instock' : 'outofstock';
      product.modified = Math.max(product.modified, ...parts.map((part) => part.modified));
    } else {
      product.attributes = [];
    }
    return { product, parts };
  }

  private variation(
    product: ProductRow,
    options: Choice,
    index: number,
    code: string,
    price: number,
  ): VariationRow {
    const sku = `${code}-${options
      .map(({ option }) =>
        option
          .replace(/[^A-Za-z0-9]+/g, '')
          .slice(0, 6)
          .toUpperCase(),
      )
      .join('-')}`;
    const larger = /^(XL|L|Large|28 cm|A3|32 l|4|Long)$/.test(options[0]?.option ?? '') ? 400 : 0;
    const own = this.sellable(this.newId(), sku, price + larger);
    return {
      kind: 'variation',
      ...own,
      created: product.created,
      modified: Math.max(own.modified, product.created),
      status: 'publish',
      parent: product.id,
      options,
      menuOrder: index + 1,
      image: null,
    };
  }

  private sellable(id: number, sku: string, cents: number): Sellable {
    const { random, goods } = this;
    const created = this.base - random.int(70, 700) * DAY - random.int(0, DAY);
    const modified = this.base - Math.floor(random.next() ** 2 * 60 * DAY) - 600;
    const soldOut = random.chance(0.07);
    const stock = soldOut ? 0 : random.chance(0.12) ? random.int(1, 4) : random.int(5, 180);
    const backorders = soldOut && random.chance(0.25) ? 'notify' : 'no';
    const sale = random.chance(0.12);
    const ends = sale && random.chance(0.5);
    return {
      id,
      sku,
      gtin: gtinOf(id),
      description: '',
      regularPrice: (cents / 100).toFixed(2),
      salePrice: sale ? (Math.floor((cents * random.int(70, 90)) / 1000) / 10).toFixed(2) : '',
      saleFrom: ends ? this.base - 5 * DAY : null,
      saleTo: ends ? this.base + 9 * DAY : null,
      manageStock: true,
      stock,
      stockStatus: statusOfStock(stock, backorders),
      backorders,
      lowStock: random.chance(0.3) ? 5 : null,
      weight: String(random.int(goods.weight[0], goods.weight[1]) / 1_000),
      status: 'publish',
      virtual: false,
      taxStatus: 'taxable',
      menuOrder: 0,
      meta: [],
      created,
      modified,
    };
  }

  private image(slug: string, name: string): ImageRow {
    const id = this.newId();
    return { id, path: `/wp-content/uploads/sample/${slug}.png`, name: slug, alt: name };
  }
}

/** EAN-13 in the range that is kept for use within a company, so that it is nobody's article. */
function gtinOf(id: number): string {
  const digits = `29${String(id).padStart(10, '0')}`;
  let sum = 0;
  for (let index = 0; index < 12; index += 1) sum += Number(digits[index]) * (index % 2 === 0 ? 1 : 3);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
