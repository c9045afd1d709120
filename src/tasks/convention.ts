/**
 * What a location token is divided by. 1023 is what the model was trained with and what Google's evaluation reads
 * (`<loc1023>` is the far edge; pixels are truncated); 1024 is what Google's demos read (pixels are rounded).
 */
export type Convention = 1023 | 1024;
