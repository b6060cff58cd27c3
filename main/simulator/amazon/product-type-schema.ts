type Json = Readonly<Record<string, unknown>>;

/** The rules of every product type here, in the form of Amazon's: JSON Schema 2019-09 with its own vocabulary. */
export function productTypeSchema(): Json {
  const text = (title: string, maxLength: number, more: Json = {}): Json =>
    attribute(title, { value: { title, type: 'string', maxLength } }, more);
  return {
    $schema: 'https://schemas.amazon.com/selling-partners/definitions/product-types/meta-schema/v1',
    $id: 'https://schemas.amazon.com/selling-partners/definitions/product-types/schema/v1/SIMULATED',
    $defs: { marketplace_id: { type: 'string' }, language_tag: { type: 'string' } },
    type: 'object',
    required: ['item_name', 'brand', 'material', 'country_of_origin'],
    properties: {
      item_name: text('Item Name', 200),
      brand: text('Brand Name', 100),
      material: text('Material', 50, { maxUniqueItems: 3 }),
      number_of_items: attribute('Number of Items', {
        value: { title: 'Number of Items', type: 'integer', minimum: 1, maximum: 10_000 },
      }),
      care_instructions: attribute('Care Instructions', {
        value: {
          title: 'Care Instructions',
          type: 'string',
          enum: ['hand_wash', 'dishwasher_safe'],
          enumNames: ['Hand Wash', 'Dishwasher Safe'],
        },
      }),
      country_of_origin: attribute('Country of Origin', {
        value: { title: 'Country of Origin', type: 'string', enum: ['DE', 'PT', 'CN'] },
      }),
      batteries_required: attribute('Are batteries required?', {
        value: { title: 'Are batteries required?', type: 'boolean' },
      }),
      batteries_included: attribute('Are batteries included?', {
        value: { title: 'Are batteries included?', type: 'boolean' },
      }),
    },
    // Who says that batteries are required has to say whether they are included.
    allOf: [
      {
        anyOf: [
          {
            not: {
              required: ['batteries_required'],
              properties: {
                batteries_required: {
                  contains: { required: ['value'], properties: { value: { enum: [true] } } },
                },
              },
            },
          },
          { required: ['batteries_included'] },
        ],
      },
    ],
  };
}

function attribute(title: string, properties: Json, more: Json = {}): Json {
  const scope = {
    marketplace_id: { $ref: '#/$defs/marketplace_id' },
    language_tag: { $ref: '#/$defs/language_tag' },
  };
  return {
    title,
    type: 'array',
    minItems: 1,
    maxUniqueItems: 1,
    selectors: ['marketplace_id', 'language_tag'],
    items: { type: 'object', required: ['value'], properties: { ...properties, ...scope } },
    ...more,
  };
}
