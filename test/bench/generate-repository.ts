import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface RepositoryShape {
  readonly roots: number;
  readonly modules: number;
  readonly callsPerRoot: number;
  readonly filesPerRoot: number;
  /** Resource blocks a file. */
  readonly blocksPerFile: number;
}

export interface Repository {
  readonly files: number;
  readonly lines: number;
  readonly calls: number;
}

/** Writes a repository of Terraform roots that share local modules: realistic blocks, references, variables, functions. */
export function generateRepository(folder: string, shape: RepositoryShape): Repository {
  let files = 0;
  let lines = 0;
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    files++;
    lines += text.split('\n').length - 1;
  };
  for (let index = 0; index < shape.modules; index++) {
    write(`modules/m${index}/main.tf`, moduleMain(index));
    write(`modules/m${index}/variables.tf`, MODULE_VARIABLES);
    write(`modules/m${index}/outputs.tf`, 'output "arn" {\n  value = aws_s3_bucket.this.arn\n}\n');
  }
  for (let root = 0; root < shape.roots; root++) {
    write(`envs/r${root}/main.tf`, rootMain(root, shape));
    write(`envs/r${root}/variables.tf`, 'variable "environment" {\n  type    = string\n  default = "prod"\n}\n');
    write(`envs/r${root}/terraform.tfvars`, `environment = "env-${root}"\n`);
    for (let file = 0; file < shape.filesPerRoot; file++) {
      write(
        `envs/r${root}/part${file}.tf`,
        Array.from({ length: shape.blocksPerFile }, (_, n) => block(file, n)).join('\n'),
      );
    }
  }
  return { files, lines, calls: shape.roots * shape.callsPerRoot };
}

const MODULE_VARIABLES = `variable "name" {
  type        = string
  description = "The bucket's name."
}

variable "versioning" {
  type    = bool
  default = true
}

variable "tags" {
  type    = map(string)
  default = {}
}
`;

function moduleMain(index: number): string {
  return `locals {
  tags = merge(var.tags, { Module = "m${index}" })
}

resource "aws_s3_bucket" "this" {
  bucket = lower("\${var.name}-m${index}")
  tags   = local.tags
}

resource "aws_s3_bucket_versioning" "this" {
  bucket = aws_s3_bucket.this.id
  versioning_configuration {
    status = var.versioning ? "Enabled" : "Suspended"
  }
}

resource "aws_s3_bucket_public_access_block" "this" {
  bucket                  = aws_s3_bucket.this.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = ${index % 7 !== 0}
}
`;
}

function rootMain(root: number, shape: RepositoryShape): string {
  const calls = Array.from({ length: shape.callsPerRoot }, (_, call) => {
    const target = (root * shape.callsPerRoot + call) % shape.modules;
    return `module "m${call}" {
  source     = "../../modules/m${target}"
  name       = "\${var.environment}-${call}"
  versioning = ${call % 5 !== 0}
  tags       = { Environment = var.environment }
}
`;
  });
  return `terraform {
  backend "s3" {}
}

provider "aws" {
  region = "eu-central-1"
}

${calls.join('\n')}`;
}

function block(file: number, index: number): string {
  return `resource "aws_security_group" "sg_${file}_${index}" {
  name        = "\${var.environment}-${file}-${index}"
  description = "Orchard ${index}"

  ingress {
    description = "web"
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.${index % 250}.0.0/16", "10.${file % 250}.0.0/16"]
  }

  tags = {
    Name = format("%s-%d", var.environment, ${index})
  }
}

resource "aws_db_instance" "db_${file}_${index}" {
  identifier          = "\${var.environment}-db-${file}-${index}"
  instance_class      = "db.t3.medium"
  engine              = "postgres"
  storage_encrypted   = ${index % 3 !== 0}
  publicly_accessible = false
  allocated_storage   = ${20 + index}
  skip_final_snapshot = var.environment == "dev"
  vpc_security_group_ids = [aws_security_group.sg_${file}_${index}.id]
}
`;
}
