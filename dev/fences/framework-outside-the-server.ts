// at: packages/transport-http
// caught by: @nx/enforce-module-boundaries
// saying: driver:http
import { Injectable } from '@nestjs/common';

export const reached = Injectable;
