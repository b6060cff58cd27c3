import { useState } from 'react';
import type { ReorderProposal } from '#shared/contract/reorder.ts';
import { useEngine } from '../../../lib/engine.tsx';
import { useNavigation } from '../../../lib/navigation.ts';
import { useText } from '../../../lib/text.ts';
import { notifyDone, notifyError } from '../../../ui/notify.tsx';

/** Drafts one purchase order a supplier from proposals; each is an undo step of its own. */
export function useDraftOrders(): {
  readonly working: boolean;
  readonly make: (proposals: readonly ReorderProposal[]) => void;
} {
  const engine = useEngine();
  const t = useText();
  const go = useNavigation((navigation) => navigation.go);
  const [working, setWorking] = useState(false);
  const run = async (proposals: readonly ReorderProposal[]): Promise<void> => {
    const bySupplier = new Map<string, ReorderProposal[]>();
    for (const proposal of proposals) {
      const id = proposal.supplier?.supplierId;
      if (id !== undefined) bySupplier.set(id, [...(bySupplier.get(id) ?? []), proposal]);
    }
    const numbers: string[] = [];
    let orderId = '';
    for (const [supplierId, lines] of bySupplier) {
      const made = await engine.call('purchasing.createOrder', {
        supplierId,
        lines: lines.map(({ sku, quantity }) => ({ code: sku, quantity })),
      });
      numbers.push(made.number);
      orderId = made.orderId;
    }
    notifyDone(t('planning.drafted', { count: numbers.length, numbers: numbers.join(', ') }));
    go('purchasing', numbers.length === 1 ? { orderId } : {});
  };
  return {
    working,
    make: (proposals) => {
      setWorking(true);
      run(proposals)
        .catch(notifyError)
        .finally(() => setWorking(false));
    },
  };
}
