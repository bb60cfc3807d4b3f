resource "azurerm_network_security_group" "web" {
  name = "web"
  security_rule {
    name                         = "https"
    access                       = "Allow"
    direction                    = "Inbound"
    protocol                     = "Tcp"
    destination_port_ranges      = ["443", "8443"]
    source_address_prefix        = "Internet"
  }
  security_rule {
    name                    = "ssh"
    access                  = "Allow"
    direction               = "Inbound"
    protocol                = "Tcp"
    destination_port_range  = "22"
    source_address_prefixes = ["10.20.0.0/16"]
  }
}
