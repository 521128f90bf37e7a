export const reviews = () => {
  throw new Error("not yet");
};
