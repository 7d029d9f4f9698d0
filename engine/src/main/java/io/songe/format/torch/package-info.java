/**
 * PyTorch's checkpoints as inert data. Such a file is a pickle, which in Python is a program: here
 * it is read by a machine that has no means to run anything. {@link
 * io.songe.format.torch.TorchCheckpoint} is the way in; {@code Globals} is the table of all that a
 * pickle may name, {@code PickleMachine} the machine, {@code Construction} what a call of a name
 * builds. Whatever else a file asks for is refused by its name.
 */
@NullMarked
package io.songe.format.torch;

import org.jspecify.annotations.NullMarked;
