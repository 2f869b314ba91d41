// What a person does in the rule chain editor, with the mouse where a mouse is what people use.
import type { Locator, Page } from 'playwright-core';

export class ChainEditor {
  readonly #page: Page;
  readonly canvas: Locator;
  readonly palette: Locator;
  /** Which version runs, and how far the draft is from it. */
  readonly state: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.canvas = page.getByRole('application', { name: 'Rule chain canvas' });
    this.palette = page.getByRole('complementary', { name: 'Node palette' });
    this.state = page.getByRole('status').filter({ hasText: /Draft|deployed/ });
  }

  /** A node is found by the name on it, as people find it. */
  node(name: string): Locator {
    return this.canvas.locator('.react-flow__node').filter({ has: this.#page.getByText(name, { exact: true }) });
  }

  /** The panel with the settings of the selected node. */
  inspector(nodeName: string): Locator {
    return this.#page.getByRole('complementary', { name: new RegExp(`^Node \\d+, ${nodeName}$`) });
  }

  /** Drags an entry of the palette to a point of the canvas, measured from its corner. */
  async addByMouse(title: RegExp, at: { x: number; y: number }): Promise<void> {
    await this.palette.getByRole('button', { name: title }).dragTo(this.canvas, { targetPosition: at });
  }

  /** Draws a wire from the way out of one node onto another one, and chooses the relation in the picker. */
  async drawWire(from: string, to: string, relation: string): Promise<void> {
    const [source, target] = await Promise.all([boxOf(this.node(from)), boxOf(this.node(to))]);
    const { mouse } = this.#page;
    await mouse.move(source.x + source.width, source.y + source.height / 2);
    await mouse.down();
    await mouse.move(target.x - 40, target.y + target.height / 2, { steps: 8 });
    await mouse.move(target.x + 4, target.y + target.height / 2, { steps: 4 });
    await mouse.up();
    const picker = this.#page.getByRole('dialog', { name: 'Relation of the new connection' });
    await picker.getByRole('option', { name: relation, exact: true }).click();
  }

  /** Replaces the script of the selected node. */
  async writeScript(nodeName: string, text: string): Promise<void> {
    const field = this.inspector(nodeName).getByRole('textbox', { name: 'Script', exact: true });
    await field.click();
    await field.press('Control+a');
    await this.#page.keyboard.insertText(text);
  }

  async deploy(): Promise<void> {
    await this.#page.getByRole('button', { name: /^Deploy/ }).click();
  }
}

async function boxOf(element: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await element.boundingBox();
  if (box === null) throw new Error('the element is not visible');
  return box;
}
