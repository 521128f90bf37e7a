/** A point in world units; x grows to the right, y grows upwards. */
export type Point = readonly [x: number, y: number];

/** A CSS colour of the form `#rrggbb`. */
export type Colour = `#${string}`;

/** A polygon, a line, a circle or a text. */
export type Shape =
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
      /** Where the baseline begins, has its middle or ends, by `align`. */
      readonly at: Point;
      readonly text: string;
      /** Height of the letters' em square. */
      readonly size: number;
      readonly fill: Colour;
      /** `left` unless given. */
      readonly align?: "left" | "centre" | "right";
    };

/**
 * A picture as data: shapes in world units, painted in order, later ones over earlier ones.
 * `width` of a line is in world units too; without it a line is a hair of about one pixel. Ends and joints are round.
 * Without a background, what lies behind the picture shows through.
 */
export interface Scene {
  /** The part of the world that is seen. */
  readonly view: View;
  readonly background?: Colour;
  readonly shapes: readonly Shape[];
}

/** A rectangle of the world. */
export interface View {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}
