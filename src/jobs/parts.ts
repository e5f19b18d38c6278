import type { Desk } from '../desk/desk.ts';
import type { Address } from '../desk/inbound.ts';
import { Gone, Rejected } from '../desk/outlet.ts';
import { removedPart, split } from '../desk/split.ts';
import type { LineView, View } from '../desk/view.ts';
import { beginParts, type Delivery, partPosted } from '../store/deliveries.ts';
import type { Way } from './target.ts';

/** Messages that a long text is told in at most. What is longer is cut in the last, which says where the whole is. */
const mostParts = 5;

/**
 * Posts a line, in several messages where one is too short for it. Gives them in order, the first one first. How many they are
 * is written down before the first is posted, and each as soon as it is: whatever ends this halfway, each is posted once, and
 * all that were posted are known. What was posted before the text was edited is edited.
 *
 * @param post posts a view under a key; a second time under the same key is the first
 * @throws TryLater, Undeliverable; Rejected where the first is refused
 */
export async function postInParts(
  desk: Desk,
  delivery: Delivery,
  view: LineView,
  address: Address,
  at: Way,
  post: (view: LineView, key: string) => Promise<string>,
): Promise<readonly [string, ...string[]]> {
  const { parts: before } = delivery;
  const key = `line ${delivery.id}`;
  const views = partsOf(view, before.length === 0 ? mostParts : before.length, at);
  if (before.length === 0 && views.length === 1) return [await post(view, key)];
  const ids = before.length === 0 ? views.map(() => '') : [...before];
  if (before.length === 0) await beginParts(desk.store, delivery.id, ids.length);
  for (const [nth, known] of ids.entries()) {
    if (known !== '') continue;
    try {
      // What is not needed any more is asked for, too: an attempt before this one may have posted it.
      const posted = await post(
        views[nth] ?? removedPart(view, nth, ids.length),
        nth === 0 ? key : `${key} part ${nth + 1}`,
      );
      await partPosted(desk.store, delivery.id, nth, posted);
      ids[nth] = posted;
    } catch (error) {
      // The delivery stays one that was told, so that what stands of it follows its text.
      if (nth === 0 || !(error instanceof Rejected)) throw error;
      desk.log.error(
        { err: error, delivery: delivery.id, part: nth + 1 },
        'a part of a long text was refused for good',
      );
    }
  }
  if (before.length > 0) await editParts(ids, view, address, at);
  const [first = '', ...others] = ids;
  return [first, ...others.filter((id) => id !== '')];
}

/** Brings all messages of a text up to date. Those that it does not need any more say that their part was removed. */
export async function editParts(ids: readonly string[], view: LineView, address: Address, at: Way): Promise<void> {
  const views = partsOf(view, ids.length, at);
  for (const [nth, id] of ids.entries()) {
    if (id !== '') await edited(at, address, id, views[nth] ?? removedPart(view, nth, ids.length));
  }
}

function partsOf(view: LineView, most: number, { connector }: Way): readonly LineView[] {
  return split(view, most, (line) => connector.fits?.(line) ?? true);
}

/** Edits a message. False when somebody has deleted it. */
export async function edited(at: Way, address: Address, message: string, view: View): Promise<boolean> {
  try {
    await at.connector.edit(address, message, view);
    return true;
  } catch (error) {
    if (error instanceof Gone) return false;
    throw error;
  }
}
