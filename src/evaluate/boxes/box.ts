/** A box in any one unit, corners as PaliGemma writes them. */
export interface Box {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}
