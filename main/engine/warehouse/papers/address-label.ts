import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import type { OrderDetail } from '#shared/contract/orders.ts';
import type { Sender } from '#shared/contract/papers.ts';
import { DOTS_PER_MM, zplLabel, type ZplField } from '#shared/domain/warehouse/zpl.ts';
import type { Database } from '../../db/database.ts';
import { barcode, escapeHtml } from '../../orders/document-page.ts';
import { getOrder } from '../../orders/order-rows.ts';
import { addressLines } from '../../orders/packing-slip.ts';
import { readSender, senderLines } from './sender.ts';
import { PAPERS, smallPage } from './small-page.ts';

const WORDS = {
  en: {
    title: 'Address label',
    from: 'From',
    to: 'To',
    order: 'Order',
    noSender: 'Sender is missing',
    noTo: 'Recipient is missing',
  },
  de: {
    title: 'Adressetikett',
    from: 'Von',
    to: 'An',
    order: 'Bestellung',
    noSender: 'Absender fehlt',
    noTo: 'Empfänger fehlt',
  },
} as const;
type Words = (typeof WORDS)['en' | 'de'];

/** Labels for sending something; what is not known is said on the label and in `missing`, never left blank. */
export function addressLabels(
  db: Database,
  input: ParsedParams<'papers.label'>,
  nowMs: number,
): Result<'papers.label'> {
  const words = WORDS[input.locale ?? 'en'];
  const size = input.size ?? '4x6';
  const sender = readSender(db);
  const orders = input.orderIds.map((id) => getOrder(db, id, nowMs));
  const [first] = orders;
  const more = orders.length > 1 ? ` +${orders.length - 1}` : '';
  const page = smallPage(
    `${words.title} ${first?.number ?? ''}${more}`,
    input.locale ?? 'en',
    size,
    orders.map((order) => sheet(order, sender, words)),
  );
  return {
    ...page,
    zpl: orders.map((order) => zplOf(order, sender, size, words)).join(''),
    missing: orders.flatMap((order) => {
      const what = [
        ...(sender ? [] : (['sender'] as const)),
        ...(recipient(order).length > 0 ? [] : (['recipient'] as const)),
      ];
      return what.length === 0 ? [] : [{ orderId: order.orderId, number: order.number, what }];
    }),
  };
}

const recipient = (order: OrderDetail): string[] => addressLines(order.shipTo);

/** What the bars say: the tracking number of the last shipment once there is one, else the order. */
function barsOf(order: OrderDetail): string {
  const tracking = order.shipments.at(-1)?.tracking ?? '';
  return tracking === '' ? order.number : tracking;
}

const isPrintable = (text: string): boolean => /^[\x20-\x7e]{1,40}$/.test(text);

function sheet(order: OrderDetail, sender: Sender | null, words: Words): string {
  const from = sender
    ? `<div class="small lines">${escapeHtml(senderLines(sender).join('\n'))}</div>`
    : `<div class="missing">${words.noSender}</div>`;
  const to = recipient(order);
  const bars = barsOf(order);
  return `<div class="from"><div class="label">${words.from}</div>${from}</div>
    <div class="label">${words.to}</div>${to.length > 0 ? `<div class="to lines">${escapeHtml(to.join('\n'))}</div>` : `<div class="missing">${words.noTo}</div><div class="to"></div>`}
    <div class="small">${escapeHtml([words.order, order.number].join(' '))} · ${escapeHtml(order.shippingMethod || '–')}</div>
    <div class="bars">${barcode(bars)}<span class="code">${escapeHtml(bars)}</span></div>`;
}

function zplOf(order: OrderDetail, sender: Sender | null, size: keyof typeof PAPERS, words: Words): string {
  const width = Math.round(PAPERS[size].width * DOTS_PER_MM);
  const height = Math.round(PAPERS[size].height * DOTS_PER_MM);
  const inner = width - 80;
  const line = (text: string, y: number, letters: number): ZplField => ({
    kind: 'text',
    x: 40,
    y,
    size: letters,
    width: inner,
    lines: 1,
    text,
  });
  const from = sender ? senderLines(sender) : [words.noSender];
  const to = recipient(order).length > 0 ? recipient(order) : [words.noTo];
  const bars = barsOf(order);
  const toTop = 110 + from.length * 28;
  return zplLabel({ width, height }, [
    line(words.from, 40, 20),
    ...from.map((text, index) => line(text, 66 + index * 28, 24)),
    { kind: 'line', x: 40, y: toTop - 30, width: inner, thickness: 3 },
    line(words.to, toTop, 20),
    ...to.map((text, index) => line(text, toTop + 30 + index * 54, 46)),
    line(`${words.order} ${order.number} · ${order.shippingMethod}`, height - 330, 24),
    { kind: 'line', x: 40, y: height - 290, width: inner, thickness: 3 },
    ...(isPrintable(bars)
      ? ([
          { kind: 'code128', x: 60, y: height - 260, height: 160, bar: bars.length > 16 ? 2 : 3, text: bars },
        ] as const)
      : []),
    line(bars, height - 80, 28),
  ]);
}
