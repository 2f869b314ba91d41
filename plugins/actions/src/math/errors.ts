import { defineErrors } from '@fieldline/plugin-sdk';

export const mathErrors = defineErrors('MATH', {
  EXPRESSION_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { expression: string; place: number; reason: string }) =>
      `The function "${d.expression}" is wrong at character ${d.place}: ${d.reason}.`,
    remedy: 'Correct it, for example (x - 32) / 1.8. The documentation of the node names the functions there are.',
  },
  ARGUMENTS_WRONG: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { operation: string; expected: string; found: number }) =>
      `${d.operation} takes ${d.expected} arguments, and the node has ${d.found}.`,
    remedy: 'Add or remove arguments in the settings of the node.',
  },
  CONSTANT_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { constant: string }) => `The constant "${d.constant}" is no number.`,
    remedy: 'Write a number as the value of the constant.',
  },
  BODY_ARGUMENT_MISSING: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'The result shall be added to the message body, but no argument is taken from there.',
    remedy: 'Switch "Add to message body" off, or take an argument from the message body.',
  },
  BODY_NOT_OBJECT: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'Message body is not a JSON object!',
    remedy: 'Filter such messages out before this node.',
  },
  VALUE_MISSING: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { where: string; key: string }) => `${d.where} has no '${d.key}'!`,
    remedy: 'Give the argument a default value, or filter messages without the value out before this node.',
  },
  VALUE_NOT_NUMERIC: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { value: string }) => `Can't convert value '${d.value}' to double!`,
    remedy: 'Point the argument at a number, or make one of it before this node.',
  },
  DIVISION_BY_ZERO: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'Division by zero!',
    remedy: 'Filter messages out before this node whose divisor is 0.',
  },
  RESULT_NOT_FINITE: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { result: string }) => `The result is ${d.result}, which is no number that can be stored.`,
    remedy: 'Filter messages out before this node for which the function has no value.',
  },
});
