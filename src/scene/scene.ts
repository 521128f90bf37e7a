/** A point in world units. x points right, y points up. */
export type Point = readonly [x: number, y: number];

/** A CSS colour of the form `#rrggbb`. */
export type Colour = `#${string}`;

/** A polygon, a line, a circle or a text. */
export type SceneShape =
  | {
      readonly kind: "polygon";
      readonly points: readonly Point[];
      readonly fill?: Colour;
      readonly stroke?: Colour;
      readonly width?: number;
    }
  | { readonly kind: "line"; readonly points: readonly Point[]; readonly stroke: Colour; readonly width?: number }
  | {
      readonly kind: "circle";
      readonly centre: Point;
      readonly radius: number;
      readonly fill?: Colour;
      readonly stroke?: Colour;
      readonly width?: number;
    }
  | {
      readonly kind: "text";
      /** The start, the middle or the end of the baseline, according to `align`. */
      readonly at: Point;
      readonly text: string;
      /** The height of the em square. */
      readonly size: number;
      readonly fill: Colour;
      /** Default: `left`. */
      readonly align?: "left" | "centre" | "right";
    };

/**
 * A picture as data: shapes in world units, painted in order, so that later shapes cover earlier ones.
 * A line's `width` is in world units; without it, the line is about one pixel wide. Line ends and joins are round.
 * Without a background, whatever lies behind the picture shows through.
 */
export interface Scene {
  /** The visible part of the world. */
  readonly view: View;
  readonly background?: Colour;
  readonly shapes: readonly SceneShape[];
}

/** A rectangle of the world. */
export interface View {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}
