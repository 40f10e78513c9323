import { Controller, Get, Header, Param } from '@nestjs/common';
import { NotFound } from './queries/ledger-queries.js';
import { SCHEMA_TYPE, schemaIndex, type SchemaKind, SCHEMAS, SCHEMAS_PATH } from './schemas.js';

/** The JSON Schema of each event and command. */
@Controller(SCHEMAS_PATH)
export class SchemasController {
  @Get()
  index(): object {
    return schemaIndex();
  }

  @Get('events/:name')
  @Header('Content-Type', SCHEMA_TYPE)
  event(@Param('name') name: string): object {
    return find('events', name);
  }

  @Get('commands/:name')
  @Header('Content-Type', SCHEMA_TYPE)
  command(@Param('name') name: string): object {
    return find('commands', name);
  }
}

function find(kind: SchemaKind, name: string): object {
  const schema = SCHEMAS[kind].get(name);
  if (!schema) throw new NotFound(`There is no schema of ${kind} ${name}`);
  return schema;
}
