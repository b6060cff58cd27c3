/** A kind of thing that the sample shop sells, in as many versions as are asked for. */
export interface Goods {
  readonly code: string;
  readonly noun: string;
  readonly category: string;
  /** Prices in cents, both ends included. */
  readonly price: readonly [number, number];
  /** Grams. */
  readonly weight: readonly [number, number];
  readonly materials: readonly string[];
  /** What a customer chooses; without any it is a simple product. */
  readonly options: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly use: string;
}

const COLOURS = ['Chalk', 'Slate', 'Moss', 'Rust', 'Navy', 'Sand'];
const SIZES = ['S', 'M', 'L', 'XL'];
const SHOES = ['37', '38', '39', '40', '41', '42', '43', '44'];

const colour = (count: number): Goods['options'][number] => ({
  name: 'Colour',
  values: COLOURS.slice(0, count),
});
const size = { name: 'Size', values: SIZES };

function goods(
  code: string,
  noun: string,
  category: string,
  price: Goods['price'],
  weight: Goods['weight'],
  materials: readonly string[],
  use: string,
  options: Goods['options'] = [],
): Goods {
  return { code, noun, category, price, weight, materials, options, use };
}

const CLAY = ['Stoneware', 'Porcelain', 'Terracotta'];
const WOOD = ['Oak', 'Walnut', 'Ash', 'Beech'];
const CLOTH = ['Linen', 'Cotton', 'Hemp'];
const WOOL = ['Merino', 'Lambswool', 'Alpaca'];
const METAL = ['Steel', 'Brass', 'Enamel'];
const SHELL = ['Ripstop', 'Waxed Cotton', 'Recycled Nylon'];

export const GOODS: readonly Goods[] = [
  goods('MUG', 'Mug', 'Kitchen', [1290, 2490], [310, 420], CLAY, 'for coffee that lasts a whole chapter', [
    colour(4),
  ]),
  goods('BWL', 'Bowl', 'Kitchen', [1490, 3490], [380, 760], CLAY, 'for soup, salad and everything between'),
  goods(
    'PLT',
    'Dinner Plate',
    'Kitchen',
    [1690, 2990],
    [520, 780],
    CLAY,
    'stackable and safe in the dishwasher',
  ),
  goods(
    'TPT',
    'Teapot',
    'Kitchen',
    [3490, 6990],
    [780, 1150],
    [...CLAY, 'Enamel'],
    'holds four cups and pours without a drop',
  ),
  goods(
    'BRD',
    'Cutting Board',
    'Kitchen',
    [2490, 5990],
    [900, 1900],
    WOOD,
    'oiled by hand, with a groove for juice',
  ),
  goods('SPN', 'Spoon Set', 'Kitchen', [1190, 2790], [120, 260], WOOD, 'three spoons for pots of any depth'),
  goods(
    'KNF',
    'Kitchen Knife',
    'Kitchen',
    [3990, 11900],
    [180, 260],
    ['Carbon Steel', 'Damascus Steel'],
    'sharp out of the box and easy to keep so',
  ),
  goods(
    'PAN',
    'Frying Pan',
    'Kitchen',
    [4490, 9900],
    [1400, 2600],
    ['Cast Iron', 'Carbon Steel'],
    'gets better with every steak',
    [{ name: 'Diameter', values: ['20 cm', '24 cm', '28 cm'] }],
  ),
  goods('APR', 'Apron', 'Kitchen', [2690, 4990], [280, 420], CLOTH, 'with a pocket for the towel', [
    colour(3),
  ]),
  goods('TWL', 'Tea Towel', 'Kitchen', [990, 1690], [80, 120], CLOTH, 'dries glasses without a trace', [
    colour(5),
  ]),
  goods(
    'CND',
    'Candle',
    'Living',
    [1490, 3290],
    [320, 540],
    ['Beeswax', 'Soy Wax', 'Rapeseed Wax'],
    'burns for forty quiet hours',
    [{ name: 'Scent', values: ['Fig', 'Cedar', 'Unscented'] }],
  ),
  goods(
    'VAS',
    'Vase',
    'Living',
    [2290, 7490],
    [620, 1800],
    [...CLAY, 'Smoked Glass'],
    'for one branch or a whole meadow',
  ),
  goods('THR', 'Throw', 'Living', [5990, 14900], [900, 1600], WOOL, 'large enough for two', [colour(4)]),
  goods('CSH', 'Cushion Cover', 'Living', [1990, 3990], [160, 240], CLOTH, 'with a hidden zip', [colour(6)]),
  goods(
    'LMP',
    'Table Lamp',
    'Living',
    [6990, 18900],
    [1300, 2700],
    [...METAL, ...WOOD],
    'warm light with a dimmer in the cord',
  ),
  goods(
    'CLK',
    'Wall Clock',
    'Living',
    [3990, 8990],
    [700, 1300],
    [...WOOD, 'Brass'],
    'with a movement that cannot be heard',
  ),
  goods(
    'BSK',
    'Storage Basket',
    'Living',
    [1890, 4990],
    [450, 1100],
    ['Seagrass', 'Jute', 'Willow'],
    'keeps its form when it is full',
    [{ name: 'Size', values: ['Small', 'Medium', 'Large'] }],
  ),
  goods(
    'FRM',
    'Picture Frame',
    'Living',
    [1590, 4490],
    [350, 980],
    WOOD,
    'with real glass and a hook that holds',
    [{ name: 'Format', values: ['A5', 'A4', 'A3'] }],
  ),
  goods(
    'RUG',
    'Rug',
    'Living',
    [8900, 32900],
    [2200, 6400],
    ['Wool', 'Jute', 'Cotton'],
    'woven flat, for bare feet',
    [{ name: 'Size', values: ['60x90', '120x170', '160x230'] }],
  ),
  goods(
    'BTW',
    'Bath Towel',
    'Bath',
    [1990, 3990],
    [420, 640],
    ['Organic Cotton', 'Bamboo'],
    'dries fast and stays soft',
    [colour(6)],
  ),
  goods(
    'SOP',
    'Soap Bar',
    'Bath',
    [590, 1290],
    [95, 130],
    ['Olive', 'Oat', 'Charcoal'],
    'boiled in small batches',
  ),
  goods(
    'MAT',
    'Bath Mat',
    'Bath',
    [2490, 4990],
    [600, 1100],
    ['Cork', 'Teak', 'Cotton'],
    'steady under wet feet',
  ),
  goods(
    'TSH',
    'T-Shirt',
    'Apparel',
    [1990, 3990],
    [140, 210],
    ['Organic Cotton', 'Heavyweight Cotton', 'Linen'],
    'cut straight, pre-washed',
    [size, colour(3)],
  ),
  goods(
    'SHR',
    'Overshirt',
    'Apparel',
    [6990, 12900],
    [420, 700],
    ['Corduroy', 'Twill', 'Linen'],
    'a jacket on warm days',
    [size, colour(2)],
  ),
  goods('SWT', 'Sweater', 'Apparel', [8990, 15900], [480, 820], WOOL, 'knitted in one piece', [
    size,
    colour(3),
  ]),
  goods('BNE', 'Beanie', 'Apparel', [1990, 3490], [60, 95], WOOL, 'ribbed and double at the ears', [
    colour(5),
  ]),
  goods('SCK', 'Socks', 'Apparel', [990, 1890], [50, 80], [...WOOL, 'Cotton'], 'padded at the heel', [
    { name: 'Size', values: ['36-38', '39-41', '42-44', '45-47'] },
  ]),
  goods('SCF', 'Scarf', 'Apparel', [3990, 8990], [140, 260], WOOL, 'long enough to wind twice', [colour(4)]),
  goods(
    'BLT',
    'Belt',
    'Apparel',
    [3490, 6990],
    [180, 240],
    ['Full-Grain Leather', 'Canvas'],
    'with a buckle of solid brass',
    [{ name: 'Length', values: ['85 cm', '95 cm', '105 cm'] }],
  ),
  goods(
    'RNJ',
    'Rain Jacket',
    'Outdoor',
    [11900, 22900],
    [340, 620],
    SHELL,
    'taped seams and a hood that turns with you',
    [size, colour(3)],
  ),
  goods(
    'BKP',
    'Backpack',
    'Outdoor',
    [6990, 16900],
    [700, 1400],
    SHELL,
    'carries a laptop as well as a lunch',
    [{ name: 'Volume', values: ['18 l', '24 l', '32 l'] }],
  ),
  goods(
    'BTL',
    'Bottle',
    'Outdoor',
    [1990, 3990],
    [280, 460],
    ['Steel', 'Titanium'],
    'keeps tea hot for twelve hours',
    [colour(5)],
  ),
  goods('TNT', 'Tent', 'Outdoor', [19900, 54900], [1900, 4200], SHELL, 'up in four minutes, also in wind', [
    { name: 'Persons', values: ['2', '3', '4'] },
  ]),
  goods(
    'SLB',
    'Sleeping Bag',
    'Outdoor',
    [9900, 28900],
    [780, 1600],
    ['Down', 'Synthetic'],
    'warm down to minus five',
    [{ name: 'Length', values: ['Regular', 'Long'] }],
  ),
  goods('LNT', 'Lantern', 'Outdoor', [2990, 6990], [320, 620], METAL, 'charged by USB or by the sun'),
  goods(
    'STV',
    'Camp Stove',
    'Outdoor',
    [4490, 9900],
    [220, 480],
    ['Titanium', 'Steel'],
    'boils half a litre in three minutes',
  ),
  goods(
    'HKB',
    'Hiking Boot',
    'Outdoor',
    [13900, 24900],
    [980, 1500],
    ['Nubuck', 'Full-Grain Leather'],
    'resoleable and waterproof',
    [{ name: 'Size', values: SHOES }],
  ),
  goods(
    'TRM',
    'Travel Mug',
    'Outdoor',
    [1890, 3290],
    [260, 340],
    ['Steel', 'Bamboo'],
    'does not leak, not even upside down',
  ),
  goods(
    'HMK',
    'Hammock',
    'Outdoor',
    [4990, 9900],
    [480, 1200],
    [...SHELL, 'Cotton'],
    'with straps that are kind to trees',
  ),
  goods(
    'KIT',
    'First Aid Kit',
    'Outdoor',
    [1990, 4490],
    [240, 420],
    ['Ripstop', 'Tinned'],
    'for scratches, blisters and worse',
  ),
];

export const SERIES: readonly string[] = [
  'Harbour',
  'Fjord',
  'Meadow',
  'Lantern',
  'Quarry',
  'Birch',
  'Tide',
  'Ember',
  'Atlas',
  'Juniper',
  'Cove',
  'Nordic',
  'Heath',
  'Sable',
  'Alder',
  'Dune',
  'Pier',
  'Slope',
  'Haven',
  'Bramble',
  'Kestrel',
  'Loft',
  'Marina',
  'Orchard',
  'Summit',
  'Willow',
  'Aspen',
  'Basalt',
  'Coral',
  'Drift',
  'Elm',
  'Fern',
  'Granite',
  'Hazel',
  'Islet',
  'Larch',
];

export const TAGS: readonly string[] = [
  'bestseller',
  'new',
  'gift',
  'handmade',
  'organic',
  'last pieces',
  'winter',
  'summer',
  'recycled',
  'small batch',
  'made in Europe',
  'plastic free',
];

export const CATEGORIES: readonly string[] = [
  'Uncategorized',
  'Kitchen',
  'Living',
  'Bath',
  'Apparel',
  'Outdoor',
];
