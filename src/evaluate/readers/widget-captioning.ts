import { z } from 'zod';
import type { Reader } from './reader.js';

const ROW = z.object({ screenId: z.string(), nodeId: z.string(), captions: z.string() });

interface Node {
  readonly bounds?: readonly number[] | undefined;
  readonly children?: readonly (Node | null)[] | undefined;
}
const NODE: z.ZodType<Node> = z.lazy(() =>
  z.object({ bounds: z.array(z.number()).optional(), children: z.array(NODE.nullable()).optional() }),
);
const VIEW = z.object({ activity: z.object({ root: NODE }) });

/** Rico's bounds are for a screen of this size, whatever its picture's. */
const SCREEN = { width: 1440, height: 2560 };

/** Widget Captioning: `split/`, `widget_captions.csv`, and Rico's `combined/`. The widget's box is drawn. */
export const widgetCaptioning: Reader = async function* (folder, split) {
  const screens = new Set(await folder.list(`split/${split}.txt`));
  for await (const { screenId, nodeId, captions } of folder.rows('widget_captions.csv', ROW)) {
    if (!screens.has(screenId)) continue;
    const { activity } = await folder.json(`combined/${screenId}.json`, VIEW);
    let node: Node | null | undefined = activity.root;
    for (const place of nodeId.split('.').slice(1)) node = node?.children?.[Number(place)];
    const [left = 0, top = 0, right = 0, bottom = 0] = node?.bounds ?? [];
    yield {
      id: `${screenId}_${nodeId}`,
      media: [`combined/${screenId}.jpg`],
      drawn: {
        top: top / SCREEN.height,
        left: left / SCREEN.width,
        bottom: bottom / SCREEN.height,
        right: right / SCREEN.width,
      },
      fields: {},
      references: captions.split('|'),
    };
  }
};
