import type { MethodName } from '#shared/contract/methods.ts';
import type { Handlers } from './handler.ts';
import { channelStockHandlers } from './handlers/channel-stock.ts';
import { channelHandlers } from './handlers/channels.ts';
import { fileHandlers } from './handlers/files.ts';
import { countingHandlers } from './handlers/counting.ts';
import { draftHandlers } from './handlers/drafts.ts';
import { forecastHandlers } from './handlers/forecast.ts';
import { historyHandlers } from './handlers/history.ts';
import { inventoryHandlers } from './handlers/inventory.ts';
import { listingHandlers } from './handlers/listings.ts';
import { localisationHandlers } from './handlers/localisation.ts';
import { marketHandlers } from './handlers/market.ts';
import { matrixHandlers } from './handlers/matrix.ts';
import { migrationHandlers } from './handlers/migration.ts';
import { orderDeskHandlers } from './handlers/order-desk.ts';
import { orderHandlers } from './handlers/orders.ts';
import { operatorHandlers } from './handlers/operators.ts';
import { paperHandlers } from './handlers/papers.ts';
import { privacyHandlers } from './handlers/privacy.ts';
import { publishHandlers } from './handlers/publish.ts';
import { purchasingHandlers } from './handlers/purchasing.ts';
import { qualityHandlers } from './handlers/quality.ts';
import { reorderHandlers } from './handlers/reorder.ts';
import { waveHandlers } from './handlers/waves.ts';
import { workspaceHandlers } from './handlers/workspace.ts';

/** Every method of the contract has exactly one handler; the compiler sees to it. */
export const HANDLERS: Handlers<MethodName> = {
  ...channelHandlers,
  ...channelStockHandlers,
  ...fileHandlers,
  ...countingHandlers,
  ...draftHandlers,
  ...forecastHandlers,
  ...historyHandlers,
  ...inventoryHandlers,
  ...listingHandlers,
  ...localisationHandlers,
  ...marketHandlers,
  ...matrixHandlers,
  ...migrationHandlers,
  ...orderDeskHandlers,
  ...orderHandlers,
  ...operatorHandlers,
  ...paperHandlers,
  ...privacyHandlers,
  ...publishHandlers,
  ...purchasingHandlers,
  ...qualityHandlers,
  ...reorderHandlers,
  ...waveHandlers,
  ...workspaceHandlers,
};
